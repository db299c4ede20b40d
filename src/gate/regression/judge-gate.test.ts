import { expect, test } from 'vitest';
import { wilsonInterval } from '../../stats/index.ts';
import type { Pair } from './block.ts';
import { type GateStep, judgeGate } from './judge-gate.ts';
import { DEFAULT_POLICY, type GatePolicy } from './policy.ts';
import { type MadePairs, madePairs } from './testing/pairs.ts';

const SAME = [{ name: 'Search' }, { name: 'Alerts' }];

function judge(pairs: readonly Pair[], options: { policy?: GatePolicy; isOutOfTime?: boolean } = {}): GateStep {
  return judgeGate({ pairs, policy: DEFAULT_POLICY, seed: 'test', isOutOfTime: false, ...options });
}

const judgeMade = (made: Partial<MadePairs>, isOutOfTime = false): GateStep =>
  judge(madePairs({ count: 12, endpoints: SAME, ...made }), { isOutOfTime });

test('wants the pairs of its first look, whatever they show', () => {
  expect(judge([])).toMatchObject({ kind: 'continue', pairsWanted: 12 });
  expect(judgeMade({ count: 11, endpoints: [{ name: 'Search', factor: 2 }] })).toMatchObject({
    kind: 'continue',
    pairsWanted: 1,
  });
  expect(judgeMade({ count: 13 })).toMatchObject({ kind: 'continue', pairsWanted: 5 });
});

test('is unchanged where nothing changed, and says what it would have found', () => {
  const step = judgeMade({});
  expect(step.kind).toBe('unchanged');
  for (const row of step.comparison.rows.filter(({ metric }) => metric === 'p50')) {
    expect(row.minimumDetectable).toBeGreaterThan(0.005);
    expect(row.minimumDetectable).toBeLessThan(0.05);
  }
});

test('stops a slower endpoint with its interval, and names it apart from whom it delays', () => {
  const step = judgeMade({
    endpoints: [
      { name: 'Search', factor: 1.1 },
      { name: 'Alerts', waits: 1.08 },
    ],
  });
  expect(step).toMatchObject({
    kind: 'regressed',
    culprit: {
      kind: 'named',
      culprits: [{ target: { name: 'Search' }, evidence: 'low quantile' }],
      delayed: [{ name: 'Alerts' }],
    },
  });
  const row = step.comparison.rows.find(({ target, metric }) => target.name === 'Search' && metric === 'p50');
  expect(row?.change).toBeCloseTo(0.1, 1);
  expect(row?.interval.low).toBeGreaterThan(0.05);
  expect(row?.jointInterval.low).toBeGreaterThan(0);
  expect(row?.jointInterval.low).toBeLessThanOrEqual(row?.interval.low ?? 0);
});

test('the other way round it is improved', () => {
  expect(judgeMade({ endpoints: [{ name: 'Search', factor: 1 / 1.1 }, { name: 'Alerts' }] }).kind).toBe('improved');
});

test('one slower endpoint outweighs a faster one', () => {
  const endpoints = [
    { name: 'Search', factor: 0.8 },
    { name: 'Alerts', factor: 1.2 },
  ];
  expect(judgeMade({ endpoints }).kind).toBe('regressed');
});

test('a slow-down below the margin is none, however certain', () => {
  const step = judgeMade({ endpoints: [{ name: 'Search', factor: 1.02 }], noise: 0.005 });
  expect(step.kind).toBe('unchanged');
  expect(step.comparison.rows[0]?.interval.low).toBeGreaterThan(0);
});

test('a step in the error rate is found, and nobody is blamed for slowness', () => {
  expect(judgeMade({ endpoints: [{ name: 'Search', failing: 6 }, { name: 'Alerts' }] })).toMatchObject({
    kind: 'regressed',
    culprit: { kind: 'errors', failing: [{ name: 'Search' }] },
  });
});

test('a burst of errors in one block is chance until it comes again', () => {
  const quiet = madePairs({ count: 11, endpoints: SAME });
  const [burst] = madePairs({ count: 1, endpoints: [{ name: 'Search', failing: 200 }, { name: 'Alerts' }] });
  const last = burst && { baseline: { ...burst.baseline, pair: 11 }, candidate: { ...burst.candidate, pair: 11 } };
  expect(judge(last === undefined ? quiet : [...quiet, last])).toMatchObject({ kind: 'continue' });
});

test('an endpoint with few requests does not hold up the answer for its error rate', () => {
  const endpoints = [{ name: 'Search' }, { name: 'Rare', requests: 25 }];
  const step = judgeMade({ endpoints });
  expect(step.kind).toBe('unchanged');
  const row = step.comparison.rows.find(({ target, metric }) => target.name === 'Rare' && metric === 'error rate');
  expect(row).toMatchObject({ mustConclude: false, answer: { kind: 'inconclusive' } });
  expect(step.comparison.refused).toContainEqual({
    target: { kind: 'endpoint', name: 'Rare' },
    metric: 'p95',
    isGating: true,
    why: { kind: 'too few values', perBlock: 25, needed: 200 },
  });
});

test('says how many more pairs it would take when it may not go on', () => {
  const step = judgeMade({ count: 24, noise: 0.3 });
  expect(step).toMatchObject({ kind: 'inconclusive', why: { kind: 'too wide' } });
  const morePairs = step.kind === 'inconclusive' && step.why.kind === 'too wide' ? step.why.morePairs : undefined;
  expect(morePairs).toBeGreaterThan(30);
});

test('when time is up it says what can be said, or that it is too early', () => {
  const endpoints = [{ name: 'Search', factor: 1.3 }];
  expect(judgeMade({ count: 9, endpoints }, true).kind).toBe('regressed');
  expect(judgeMade({ count: 5, endpoints }, true)).toMatchObject({
    kind: 'inconclusive',
    why: { kind: 'too few pairs', pairs: 5, needed: 6 },
  });
});

test('without anything that decides there is no answer', () => {
  expect(judgeMade({ count: 24, endpoints: [] })).toMatchObject({
    kind: 'inconclusive',
    why: { kind: 'nothing to compare' },
  });
});

test('a pair is dropped as a whole, and another one wanted instead', () => {
  const step = judgeMade({ count: 12, latenessOf: (pair, side) => (pair === 3 && side === 'candidate' ? 11 : 10) });
  expect(step).toMatchObject({ kind: 'continue', pairsWanted: 1 });
  expect(step.health.dropped.map(({ baseline }) => baseline.pair)).toEqual([3]);
});

test('a candidate that makes the generator late is not excused', () => {
  const step = judgeMade({ count: 20, latenessOf: (pair, side) => (side === 'candidate' && pair < 7 ? 50 : 2) }, true);
  expect(step).toMatchObject({
    kind: 'inconclusive',
    why: { kind: 'doubt', doubt: { kind: 'drops differ', baseline: 0, candidate: 7 } },
  });
});

test('gives up when too many pairs were dropped to ever have enough', () => {
  const late = (pair: number): number => (pair % 2 === 0 ? 50 : 2);
  expect(judgeMade({ count: 39, latenessOf: late })).toMatchObject({ kind: 'continue' });
  expect(judgeMade({ count: 40, latenessOf: late })).toMatchObject({
    kind: 'inconclusive',
    why: { kind: 'doubt', doubt: { kind: 'too many dropped', share: 0.5 } },
  });
});

test('does not see the order of the pairs', () => {
  const pairs = madePairs({ count: 24, endpoints: [{ name: 'Search', factor: 1.04 }, { name: 'Alerts' }], noise: 0.1 });
  const [forward, backward] = [judge(pairs), judge(pairs.toReversed())];
  expect(backward.kind).toBe(forward.kind);
  backward.comparison.rows.forEach((row, index) => {
    expect(row.change).toBeCloseTo(forward.comparison.rows[index]?.change ?? Number.NaN, 12);
    expect(row.p).toBe(forward.comparison.rows[index]?.p);
  });
});

function gateOf(seed: string, factor: number): { kind: GateStep['kind']; pairs: number } {
  const endpoints = ['a', 'b', 'c', 'd'].map((name, index) => ({ name, factor: index === 0 ? factor : 1 }));
  const pairs = madePairs({ count: 24, endpoints, noise: 0.06, seed });
  for (const look of DEFAULT_POLICY.looks) {
    const { kind } = judge(pairs.slice(0, look));
    if (kind !== 'continue') return { kind, pairs: look };
  }
  throw new Error('the last look has an answer');
}

test('of two equal versions at most one in forty is called slower, over all looks and endpoints', () => {
  const gates = Array.from({ length: 100 }, (_, index) => gateOf(`null ${index}`, 1));
  const alarms = gates.filter(({ kind }) => kind === 'regressed').length;
  expect(wilsonInterval(alarms, gates.length)?.low).toBeLessThan(0.025);
  expect(alarms / gates.length).toBeLessThan(0.05);
});

test('a slow-down as large as the margin hardly ever passes as unchanged', () => {
  const gates = Array.from({ length: 40 }, (_, index) => gateOf(`margin ${index}`, 1.05));
  expect(gates.filter(({ kind }) => kind === 'unchanged').length).toBeLessThanOrEqual(3);
  expect(gates.filter(({ kind }) => kind === 'regressed').length).toBeGreaterThan(24);
});

test.each([
  [99, 'unchanged'],
  [100, 'inconclusive'],
])('an endpoint with %d requests in a block whose times vary wildly leaves the answer %s', (requests, kind) => {
  const endpoints = [{ name: 'Search' }, { name: 'Rare', requests, noise: 0.3 }];
  expect(judgeMade({ count: 24, endpoints }).kind).toBe(kind);
});

test('an endpoint that is hardly used can still regress', () => {
  const endpoints = [{ name: 'Search' }, { name: 'Rare', requests: 30, factor: 1.4 }];
  expect(judgeMade({ endpoints }).kind).toBe('regressed');
});
