import { type Answer, type AnswerEvidence, unanswered } from './evidence.ts';
import { ms, number, percent } from './words.ts';

/** How long the answers took: of all requests, and of the slowest endpoint. */
export function responseTimes({ record }: AnswerEvidence): Answer {
  const requests = record.samples?.requests ?? [];
  const all = requests.find(({ endpoint, phase }) => endpoint === undefined && phase === undefined);
  const times = all?.responseTime;
  if (all === undefined || times === undefined)
    return unanswered('no request was answered, or the engine keeps no samples');
  const endpoints = requests.flatMap(({ endpoint, phase, responseTime }) =>
    endpoint === undefined || phase !== undefined || responseTime === undefined ? [] : [{ endpoint, ...responseTime }],
  );
  const slowest = endpoints.toSorted((a, b) => b.p95 - a.p95)[0];
  const errors = (all.errors / all.count) * 100;
  const worst = slowest === undefined ? '' : `; slowest is "${slowest.endpoint}" with ${ms(slowest.p95)}`;
  return {
    isAnswered: true,
    text: `95 of 100 answers came within ${ms(times.p95)}${worst}. ${percent(errors)} of ${number(all.count)} requests failed.`,
    figures: [
      { name: 'p50', value: times.p50, unit: 'ms' },
      { name: 'p95', value: times.p95, unit: 'ms' },
      { name: 'p99', value: times.p99, unit: 'ms' },
      { name: 'error rate', value: errors, unit: '%' },
      ...endpoints.map(({ endpoint, p95 }) => ({ name: `p95 of ${endpoint}`, value: p95, unit: 'ms' })),
    ],
  };
}
