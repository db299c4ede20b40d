import { expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../../src/report/testing/hostile-names.ts';
import { gateAnnotations } from './gate-annotations.ts';
import { gateComment } from './gate-comment.ts';
import { gateOutcome } from './gate-outcome.ts';
import { gateResultOf } from './gate-result.ts';
import { gateExample, inconclusiveExample, regressedExample, rowExample } from './testing/gate-example.ts';

const health = (kept: number, pairs: number) => ({ health: { pairs, kept, dropped: pairs - kept, spoiled: [] } });

type Case = [
  title: string,
  exitCode: number | undefined,
  json: unknown,
  on: 'warn' | 'fail',
  verdict: string,
  code: number,
];

test.each<Case>([
  ['unchanged', 0, gateExample(), 'warn', 'unchanged', 0],
  ['regressed', 3, regressedExample(), 'warn', 'regressed', 3],
  ['inconclusive', 5, inconclusiveExample(), 'warn', 'inconclusive', 0],
  ['inconclusive, strict', 5, inconclusiveExample(), 'fail', 'inconclusive', 5],
  ['six pairs are measured', 5, inconclusiveExample(health(6, 10)), 'warn', 'inconclusive', 0],
  ['five pairs are not', 5, inconclusiveExample(health(5, 8)), 'warn', 'not valid', 4],
  ['too many dropped', 5, inconclusiveExample(health(6, 11)), 'warn', 'not valid', 4],
  ['cancelled', 130, inconclusiveExample({ exitCode: 130 }), 'warn', 'cancelled', 130],
  ['terminated', 143, undefined, 'warn', 'cancelled', 143],
  ['configuration', 2, undefined, 'warn', 'configuration', 2],
  ['green without a file', 0, undefined, 'warn', 'no verdict', 70],
  ['killed', undefined, gateExample(), 'warn', 'no verdict', 70],
  ['file and exit code disagree', 0, regressedExample(), 'warn', 'no verdict', 70],
])('%s', (_title, exitCode, json, onInconclusive, verdict, stepCode) => {
  const outcome = gateOutcome(exitCode, json === undefined ? undefined : gateResultOf(json), onInconclusive);
  expect(outcome).toMatchObject({ verdict, exitCode: stepCode, isGreen: stepCode === 0 });
});

test('annotates the margin of the endpoint itself, not that of all', () => {
  const [first, ...more] = gateAnnotations(gateResultOf(regressedExample()));
  expect(first).toMatch(/^::error file=artillery\/smoke\.yml,line=60,col=11,title=Search%3A p95 regressed::/);
  expect(more).toEqual([]);
});

test('ten annotations of a kind are shown as they are; of eleven the last one counts the rest', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      rowExample({ change: 0.2 + index / 100, answer: { kind: 'regressed' } }),
    );
  const annotate = (count: number) => gateAnnotations(gateResultOf({ ...regressedExample(), rows: rows(count) }));
  expect(annotate(10)).toHaveLength(10);
  expect(annotate(10)[0]).toContain('+29 %');
  expect(annotate(11)).toHaveLength(10);
  expect(annotate(11).at(-1)).toContain('2 more');
});

test.each(HOSTILE_NAMES)('%j stays one line in an annotation and does nothing in a comment', (name) => {
  const result = gateResultOf(regressedExample(name));
  expect(gateAnnotations(result).filter((line) => /[\r\n]/.test(line))).toEqual([]);
  const comment = gateComment(result, 'https://github.example/run/1');
  const ownMarkup =
    /<!-- (?:proving-ground performance-gate )?-->|<\/?code>|<br>|\[artifacts of the job\]\(https:\/\/github\.example/g;
  expect(comment.replace(ownMarkup, '').match(/[<>[\]`]/g)).toBeNull();
  expect(comment).not.toMatch(/@everyone|fixes #1|https:\/\/evil|\p{Cc}(?<!\n)/u);
  expect(Buffer.byteLength(comment)).toBeLessThan(64_000);
});

test('a comment of thousands of long names fits', () => {
  const rows = Array.from({ length: 3_000 }, () =>
    rowExample({ target: { kind: 'endpoint', name: '<'.repeat(5_000) } }),
  );
  const comment = gateComment(gateResultOf(gateExample({ rows })), 'https://github.example/run/1');
  expect(comment.length).toBeLessThan(65_536);
});

test('what is no result is refused with its place', () => {
  expect(() => gateResultOf(gateExample({ answer: 'fine' }))).toThrow(/gate\.json\.answer: one of regressed/);
  expect(() => gateResultOf(gateExample({ rows: [{}] }))).toThrow(/gate\.json\.rows\.0/);
});
