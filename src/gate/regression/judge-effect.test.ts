import { expect, test } from 'vitest';
import { detectableFrom, type EffectAnswer, type EffectBounds, judgeEffect } from './judge-effect.ts';

const LEVELS = { own: 0.025, joint: 0.004 };
const MARGIN = 0.05;

const judge = (estimate: number, own: [number, number], joint: [number, number] = own, pairs = 12) =>
  judgeEffect(
    { pairs, estimate, own: { low: own[0], high: own[1] }, joint: { low: joint[0], high: joint[1] } },
    LEVELS,
    MARGIN,
    0.5,
  ).kind;

const CASES: readonly [string, number, [number, number], EffectAnswer['kind']][] = [
  ['slower for sure, and by the margin or more perhaps', 0.03, [0.001, 0.05], 'regressed'],
  ['the lower end at 0', 0.03, [0, 0.06], 'inconclusive'],
  ['just half of the margin', 0.025, [0.001, 0.06], 'inconclusive'],
  ['slower for sure, and the margin ruled out', 0.03, [0.001, 0.0499], 'unchanged'],
  ['the upper end at the margin', 0.02, [-0.01, 0.05], 'inconclusive'],
  ['faster for sure, and by the margin or more perhaps', -0.03, [-0.05, -0.001], 'improved'],
  ['faster, and not by the margin', -0.03, [-0.0499, -0.001], 'unchanged'],
  ['anything', 0, [-Infinity, Infinity], 'inconclusive'],
];

test.each(CASES)('%s', (_, estimate, own, expected) => {
  expect(judge(estimate, own)).toBe(expected);
});

test('is slower only if all metrics together say so', () => {
  expect(judge(0.06, [0.02, 0.1], [-0.001, 0.12])).toBe('inconclusive');
  expect(judge(0.06, [0.02, 0.1], [0.001, 0.12])).toBe('regressed');
});

test('wider intervals need more pairs, and hopeless ones have no number', () => {
  const more = (half: number): number | undefined => {
    const own = { low: -half, high: half };
    const answer = judgeEffect({ pairs: 12, estimate: 0, own, joint: own }, LEVELS, MARGIN, 0.5);
    return answer.kind === 'inconclusive' ? answer.morePairs : 0;
  };
  const [narrow = 0, wide = 0] = [more(0.06), more(0.1)];
  expect(narrow).toBeGreaterThan(0);
  // Twice the width, four times the pairs.
  expect(wide + 12).toBeGreaterThan(2 * (narrow + 12));
  expect(more(5)).toBeUndefined();
  expect(more(Infinity)).toBeUndefined();
});

test('what would have been found follows from the width of the interval', () => {
  const effect = (half: number): EffectBounds => {
    const own = { low: -half, high: half };
    return { pairs: 12, estimate: 0, own, joint: own };
  };
  // R 4.2.2: (qt(0.975, 11) + qt(0.8, 11)) / qt(0.975, 11) * 0.04 = 0.0559116
  expect(detectableFrom(effect(0.04), LEVELS)).toBeCloseTo(0.0559116, 6);
  expect(detectableFrom(effect(Infinity), LEVELS)).toBe(Infinity);
});
