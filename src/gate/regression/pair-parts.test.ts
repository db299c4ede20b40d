import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Pair } from './block.ts';
import { distributionOf } from './distribution-of.ts';
import { keepHealthy } from './health-gate.ts';
import { fewestFor, valuesOf } from './metric-values.ts';
import { planPair } from './pair-plan.ts';
import { DEFAULT_POLICY, isGating, marginFor } from './policy.ts';
import { changeFrom, changesFrom, differenceOn, scaleOf } from './scale.ts';
import { madePairs } from './testing/pairs.ts';

const SEARCH = { kind: 'endpoint', name: 'Search' } as const;
const HITS = { kind: 'custom metric', name: 'search.hits' } as const;

test('each two pairs begin once with either side, which one by chance', () => {
  const orders = Array.from({ length: 40 }, (_, pair) => planPair('gate', pair).order[0]);
  const firsts = orders.filter((_, pair) => pair % 2 === 0);
  orders.forEach((side, pair) => {
    if (pair % 2 === 1) expect(side).not.toBe(orders[pair - 1]);
  });
  expect(new Set(firsts).size).toBe(2);
  expect(planPair('gate', 7)).toEqual(planPair('gate', 7));
  expect(planPair('gate', 7).seed).not.toBe(planPair('gate', 8).seed);
});

test('figures of a block are those of type 7', () => {
  const values = Array.from({ length: 101 }, (_, index) => index).toReversed();
  expect(distributionOf(values)).toEqual({ count: 101, p10: 10, p50: 50, p95: 95, p99: 99, mean: 50 });
  expect(distributionOf([])).toBeUndefined();
});

test('a quantile needs ten values beyond it in every block', () => {
  expect((['p50', 'p95', 'p99', 'mean', 'error rate'] as const).map(fewestFor)).toEqual([20, 200, 1000, 20, 1]);
  const valued = (requests: number) =>
    valuesOf(madePairs({ count: 6, endpoints: [{ name: 'Search', requests }] }), SEARCH, 'p95').kind;
  expect([valued(199), valued(200)]).toEqual(['not judged', 'values']);
});

function without(pairs: readonly Pair[], count: number): Pair[] {
  const strip = (block: Block): Block => ({ ...block, figures: [] });
  return pairs.map((pair, index) => (index < count ? { ...pair, candidate: strip(pair.candidate) } : pair));
}

test('up to one pair in five may lack a metric', () => {
  const pairs = madePairs({ count: 10, endpoints: [{ name: 'Search' }] });
  const two = valuesOf(without(pairs, 2), SEARCH, 'p50');
  expect(two.kind === 'values' && two.values.filter((each) => each === undefined)).toHaveLength(2);
  expect(valuesOf(without(pairs, 3), SEARCH, 'p50')).toEqual({
    kind: 'not judged',
    why: { kind: 'only on one side', side: 'baseline' },
  });
});

test('the limit of lateness counts on both sides of it, and what is not measured is not trusted', () => {
  const healthOf = (latenessP99Ms: number | undefined) =>
    keepHealthy(
      madePairs({ count: 4, endpoints: [], latenessOf: (pair) => (pair === 0 ? latenessP99Ms : 1) }),
      DEFAULT_POLICY,
    ).spoiled.map(({ why }) => why.kind);
  expect([10, 10.01, undefined].map(healthOf)).toEqual([[], ['late', 'late'], ['not measured', 'not measured']]);
});

test('a run that is not valid is spoiled, however punctual', () => {
  const [pair] = madePairs({ count: 1, endpoints: [] });
  const faults = ['few ports'];
  const spoiled = pair && { ...pair, baseline: { ...pair.baseline, health: { latenessP99Ms: 1, faults } } };
  expect(keepHealthy(spoiled === undefined ? [] : [spoiled], DEFAULT_POLICY).spoiled).toEqual([
    { side: 'baseline', pair: 0, why: { kind: 'not valid', faults } },
  ]);
});

test('forty per cent may be dropped, one more may not', () => {
  const doubt = (dropped: number) =>
    keepHealthy(
      madePairs({ count: 20, endpoints: [], latenessOf: (pair) => (pair < dropped ? 99 : 1) }),
      DEFAULT_POLICY,
    ).doubt?.kind;
  expect([8, 9].map(doubt)).toEqual([undefined, 'too many dropped']);
});

test('the last margin that fits counts; custom metrics need one of their own', () => {
  const own = { metric: 'p95', target: SEARCH, margin: 0.3 } as const;
  const hits = { metric: 'mean', target: HITS, margin: 0.1, worse: 'less' } as const;
  const policy = { ...DEFAULT_POLICY, margins: [...DEFAULT_POLICY.margins, own, hits] };
  expect(marginFor(policy, SEARCH, 'p95')).toBe(own);
  expect(marginFor(policy, { ...SEARCH, name: 'Alerts' }, 'p95')?.margin).toBe(0.1);
  expect(marginFor(policy, HITS, 'p50')).toBeUndefined();
  expect(marginFor(policy, HITS, 'mean')).toBe(hits);
  expect(isGating(policy, HITS, 'mean')).toBe(true);
  expect(isGating(policy, SEARCH, 'p99')).toBe(false);
  expect(isGating(policy, { kind: 'journey', name: 'Triage' }, 'p50')).toBe(false);
});

test('changes come back from the scale on which they are judged', () => {
  const value = fc.double({ min: 0.001, max: 1000, noNaN: true });
  const rule = fc.constantFrom(
    { metric: 'p50', margin: 0.05 } as const,
    { metric: 'throughput', margin: 0.05 } as const,
    { metric: 'error rate', margin: 0.05 } as const,
  );
  fc.assert(
    fc.property(rule, value, value, (each, baseline, candidate) => {
      const scale = scaleOf(each);
      const difference = differenceOn(scale, baseline, candidate) ?? Number.NaN;
      const expected = scale.unit === 'points' ? candidate - baseline : candidate / baseline - 1;
      expect(Math.abs(changeFrom(scale, difference) - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
      const { low, high } = changesFrom(scale, { low: difference - 0.1, high: difference + 0.1 });
      expect(low).toBeLessThan(high);
    }),
  );
});

test('less throughput is worse, and 0 has no ratio', () => {
  const scale = scaleOf({ metric: 'throughput', margin: 0.05 });
  expect(differenceOn(scale, 100, 90)).toBeCloseTo(Math.log(100 / 90), 12);
  expect(differenceOn(scale, 100, 0)).toBeUndefined();
});
