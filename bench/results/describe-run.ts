import type { RunRecord } from 'proving-ground/record/index.ts';
import { markdownTable } from '../measure/generated-section.ts';

/** A run as a section of docs/results.md: its answer, whether it is to be believed, and the times of its endpoints. */
export function describeRun(record: RunRecord, hasEndpoints: boolean): string {
  return [answerOf(record), factsOf(record), hasEndpoints ? endpointTable(record) : '']
    .filter((text) => text !== '')
    .join('\n\n');
}

function answerOf({ answer }: RunRecord): string {
  return answer === undefined ? '' : `> ${answer.text}`;
}

function factsOf({ verdict, validity, samples, metrics, environment, startedAt, seed }: RunRecord): string {
  const users = metrics.counters['vusers.created'] ?? 0;
  const load = `${count(users)} users, ${count(samples?.count ?? 0)} requests`;
  const generator = validity === undefined ? 'was not looked at' : `was ${validity.outcome}`;
  const enforced = validity?.enforced === false ? ' (this test does not ask for it)' : '';
  const machine = `${environment.cpus} cores of ${environment.cpuModel}`;
  return `Verdict: ${verdict.outcome}. The generator ${generator}${enforced}. ${load}, seed ${seed}, ${startedAt.slice(0, 10)}, on ${machine}.`;
}

/** By the response time: from when a request was due to its last byte. */
function endpointTable({ samples }: RunRecord): string {
  const rows = (samples?.requests ?? []).flatMap(({ endpoint, phase, count: requests, errors, responseTime }) =>
    endpoint === undefined || phase !== undefined || responseTime === undefined
      ? []
      : [{ endpoint, requests, errors, ...responseTime }],
  );
  return markdownTable(
    ['endpoint', 'requests', 'errors', 'p50', 'p95', 'p99', 'slowest'],
    rows
      .toSorted((a, b) => b.p95 - a.p95)
      .map(({ endpoint, requests, errors, p50, p95, p99, max }) => [
        endpoint,
        count(requests),
        count(errors),
        ...[p50, p95, p99, max].map(milliseconds),
      ]),
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function milliseconds(value: number): string {
  return `${value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 })} ms`;
}
