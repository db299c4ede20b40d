import type { ValidityFinding } from '../../record/index.ts';
import { type Evidence, phaseSpans } from './evidence.ts';
import { joined, percent } from './finding-text.ts';
import { OWN_ERRORS_SHARE } from './limits.ts';

/** What the generator's own system refuses: files and sockets of the process and of the machine, local ports, memory. */
const OWN_ERROR = /^errors\..*\b(EMFILE|ENFILE|EADDRNOTAVAIL|ENOBUFS|ENOMEM)\b/;

const ADVICE: Readonly<Record<string, string>> = {
  EMFILE: 'Raise the limit of open files (ulimit -n) before the run, or let users reuse connections.',
  EADDRNOTAVAIL:
    'Let users reuse connections, widen net.ipv4.ip_local_port_range, or load from several machines: local ports ran out.',
};

/** Requests that never left the generator's machine say nothing about the system. */
export function ownErrorsRule(evidence: Evidence): ValidityFinding[] {
  const { counters } = evidence.metrics;
  const errors = Object.entries(counters).filter(([name, count]) => OWN_ERROR.test(name) && count > 0);
  const count = errors.reduce((sum, [, each]) => sum + each, 0);
  if (count === 0) return [];
  const share = count / Math.max(counters['http.requests'] ?? 0, count);
  const codes = [...new Set(errors.map(([name]) => OWN_ERROR.exec(name)?.[1] ?? ''))];
  const spans = phaseSpans(evidence).filter(({ metrics }) => Object.keys(metrics.counters).some(isOwnError));
  const intervals = spans.map(({ from, to }) => ({ from, to, worst: count }));
  const outcome = share > OWN_ERRORS_SHARE ? 'not valid' : 'noted';
  return [
    {
      rule: 'errors of the generator',
      outcome,
      observed: share,
      limit: OWN_ERRORS_SHARE,
      unit: '',
      text: joined(
        `${count.toLocaleString('en')} requests (${percent(share)}) could not leave the generator: ${codes.join(', ')}`,
        spans.length === 0 ? '' : `during ${spans.map(({ name }) => name).join(' and ')}`,
      ),
      advice: ADVICE[codes[0] ?? ''] ?? 'The machine of the generator is out of sockets or memory: use a larger one.',
      intervals,
    },
  ];
}

function isOwnError(name: string): boolean {
  return OWN_ERROR.test(name);
}
