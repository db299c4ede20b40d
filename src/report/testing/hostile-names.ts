import fc from 'fast-check';
import type { RunRecord } from '../../record/index.ts';
import { exampleRecord } from './example-record.ts';

/** Names that each break some output that does not escape them. */
export const HOSTILE_NAMES = [
  'a|b',
  'line\nbreak\r\nand more',
  '`code` ``` ~~~',
  '<img src=x onerror=alert(1)>',
  '</system-out></testcase>',
  ']]> <!-- --> &amp; &#60; "quoted" \'single\'',
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u001b[2J\u001b[1;1H\u009b31m\u0090q\u009c',
  'nul\u0000bell\u0007back\u0008\u007f',
  '\ufffe\uffff\ud800 half',
  'right\u202eleft \u2066isolated\u2069 \u200bzero \ufeffbom',
  '@everyone fixes #1 https://evil.example www.evil.example',
  '=HYPERLINK("http://evil.example")',
  '::error file=x::forged',
  '*bold* _it_ [a](javascript:alert(1)) ![i](x) $x$ \\',
  '検索 検索 検索 👩‍👩‍👧‍👦 é',
  'x'.repeat(5_000),
  '',
  ' ',
] as const;

/** Any text, and often one that is known to do harm, alone or joined with others. */
export function hostileText(): fc.Arbitrary<string> {
  const known = fc.constantFrom(...HOSTILE_NAMES);
  const any = fc.string({ unit: 'binary', maxLength: 40 });
  return fc.oneof(
    known,
    any,
    fc.tuple(known, any, known).map((parts) => parts.join('')),
  );
}

/** A run in which everything that others name is hostile. */
export function hostileRecord(): fc.Arbitrary<RunRecord> {
  const names = fc.array(hostileText(), { minLength: 1, maxLength: 12 });
  const outcome = fc.constantFrom<RunRecord['verdict']['outcome']>('passed', 'failed', 'not valid', 'inconclusive');
  return fc.tuple(names, outcome).map(([each, verdict]) => recordNamed(each, verdict));
}

/** A run of which every name is one of these. */
export function recordNamed(names: readonly string[], outcome: RunRecord['verdict']['outcome'] = 'failed'): RunRecord {
  const base = exampleRecord();
  const pick = (index: number): string => names[index % names.length] ?? '';
  const counters = names.flatMap((name, index) => [
    [`errors.${name}`, index + 1],
    [`plugins.metrics-by-endpoint.${name}.codes.200`, 5],
    [`plugins.metrics-by-endpoint.${name}.errors.E`, 1],
  ]);
  const rules = names.map((name): RunRecord['verdict']['rules'][number] => ({
    rule: name,
    strict: true,
    outcome: 'failed',
    terms: [{ subject: `p95 of "${name}"`, operator: '<', observed: 2, limit: 1, unit: 'ms', holds: false }],
  }));
  return {
    ...base,
    test: { name: pick(0), file: pick(1), target: pick(2), environment: pick(3) },
    replay: pick(4),
    errorExamples: names.map((name) => ({
      ...{ kind: name, endpoint: name, journey: name, phase: name, said: name, saidBy: 'server' },
      at: base.startedAt,
    })),
    metrics: { ...base.metrics, counters: Object.fromEntries(counters) as Record<string, number> },
    validity: {
      outcome: 'not valid',
      enforced: true,
      figures: {},
      findings: [{ rule: 'arrivals', outcome: 'not valid', unit: '', text: pick(5), advice: pick(6), intervals: [] }],
    },
    verdict: { outcome, reason: pick(7), exitCode: 1, faults: [pick(8), pick(9)], rules },
  };
}
