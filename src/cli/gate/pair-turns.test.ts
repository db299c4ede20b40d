import { expect, test } from 'vitest';
import { turnsOfPair } from './pair-turns.ts';

const PLAN = { phases: [], warmUpSec: 3, durationSec: 10 };

test('both sides have the same turns, which fill the block without a rest, and the first of the order begins', () => {
  const { baseline, candidate } = turnsOfPair(PLAN, ['candidate', 'baseline'], Date.now);
  expect([baseline.plan.isSecond, candidate.plan.isSecond]).toEqual([true, false]);
  expect({ ...baseline.plan, isSecond: false }).toEqual(candidate.plan);
  const { turnMs, restMs } = baseline.plan;
  const turns = 13_000 / turnMs;
  expect(turns).toBeCloseTo(Math.round(turns), 9);
  expect(baseline.lengthMs).toBeCloseTo(26_000 + 2 * turns * restMs, 6);
});

test('neither begins before the other could', async () => {
  let now = 1_000;
  const { baseline, candidate } = turnsOfPair(PLAN, ['baseline', 'candidate'], () => now);
  const first = baseline.together();
  now = 9_000;
  const second = candidate.together();
  expect(await first).toBe(await second);
  expect(await first).toBeGreaterThan(9_000);
});
