import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../stats/index.ts';
import { findTrend, type TrendFindings } from './find-trend.ts';
import type { HistoryFigure, HistoryRun } from './history-run.ts';
import { madeHistory } from './testing/made-history.ts';

const find = (history: readonly HistoryRun[], label = 'trend', permutations?: number): TrendFindings =>
  findTrend(history, { random: createRandom(label), ...(permutations === undefined ? {} : { permutations }) });

/** The interval for a share of 0.05 over so many histories, three standard deviations wide. */
const mostOf = (alpha: number, histories: number): number => alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / histories);

test('a step is found in the endpoint and at the run where it is, with its size', () => {
  const { changes, followed } = find(madeHistory({ runs: 30, noise: 0.02, step: { at: 18, share: 0.08 } }));
  expect(followed).toBeGreaterThanOrEqual(12);
  const [first] = changes.filter(({ metric }) => metric === 'p50');
  expect(first).toMatchObject({
    kind: 'step',
    target: { name: 'Search' },
    run: { name: 'run 18', commit: 'commit 18' },
  });
  expect(first?.change).toBeCloseTo(0.08, 1);
  expect(changes.every(({ target }) => target.name === 'Search')).toBe(true);
});

test('a drift of 3 % over 20 runs is found, and called a drift', () => {
  const { changes } = find(madeHistory({ runs: 20, noise: 0.004, drift: 0.03 }));
  expect(changes.length).toBeGreaterThan(0);
  for (const { kind, change } of changes) {
    expect(kind).toBe('drift');
    expect(change).toBeGreaterThan(0.02);
    expect(change).toBeLessThan(0.04);
  }
});

test('a change that was taken back is two steps', () => {
  const steps = { at: 14, share: 0.1, until: 26 };
  const { changes } = find(madeHistory({ runs: 40, noise: 0.01, step: steps }));
  const p50 = changes.filter(({ metric }) => metric === 'p50');
  expect(p50.map(({ run }) => run.name)).toEqual(['run 14', 'run 26']);
  expect(p50.map(({ change }) => Math.sign(change))).toEqual([1, -1]);
});

test('stationary noise gives an alarm in no more histories than is said, whatever the noise looks like', () => {
  const histories = 60;
  const noises: Readonly<Record<string, (random: Random) => number>> = {
    even: (random) => random.next() - 0.5,
    'with far values': (random) => (random.chance(0.1) ? 10 : 1) * (random.next() - 0.5),
  };
  for (const [name, shape] of Object.entries(noises)) {
    let alarms = 0;
    for (let seed = 0; seed < histories; seed += 1) {
      const history = madeHistory({ runs: 20, noise: 0.05, seed: `${name} ${seed}`, shape });
      if (find(history, String(seed), 79).changes.length > 0) alarms += 1;
    }
    expect(alarms / histories).toBeLessThan(mostOf(0.05, histories));
  }
});

test('the power is what the page says: a drift of 3 % over 20 runs in noise of 0.5 %', () => {
  const histories = 40;
  let found = 0;
  for (let seed = 0; seed < histories; seed += 1) {
    const history = madeHistory({ runs: 20, noise: 0.005, drift: 0.03, seed: `power ${seed}` });
    if (find(history, String(seed), 79).changes.some(({ target }) => target.name === 'Search')) found += 1;
  }
  expect(found / histories).toBeGreaterThan(0.9);
});

test('runs that say nothing are left out with the reason, and what became different is marked', () => {
  const history = madeHistory({ runs: 14, noise: 0.01 }).map((run, index): HistoryRun => {
    const { identity } = run;
    if (index === 3) return { ...run, unfit: 'it was interrupted', figures: [] };
    if (index === 5) return { ...run, identity: { ...identity, load: 'twice as much' } };
    return index < 8 ? run : { ...run, identity: { ...identity, testHash: 'edited' } };
  });
  const { leftOut, runs, marks } = find(history);
  expect(leftOut).toEqual([
    { run: 'run 3', why: 'it was interrupted' },
    { run: 'run 5', why: 'it differs from the newest in load' },
  ]);
  expect(runs).toHaveLength(12);
  expect(marks).toEqual([{ run: 'run 8', what: 'journeys' }]);
});

test('nine runs are too few, ten are enough, and the order in which they come does not matter', () => {
  expect(find(madeHistory({ runs: 9, noise: 0.01 })).followed).toBe(0);
  const history = madeHistory({ runs: 10, noise: 0.01 });
  expect(find(history).followed).toBeGreaterThan(0);
  const stepped = madeHistory({ runs: 30, noise: 0.01, step: { at: 12, share: 0.1 } });
  expect(find(stepped.toReversed())).toEqual(find(stepped));
});

test('a figure that one run in five lacks is followed, one that more lack is not', () => {
  const without = (every: number): HistoryRun[] =>
    madeHistory({ runs: 20, noise: 0.01 }).map((run, index) =>
      index % every === 0
        ? { ...run, figures: run.figures.filter((each: HistoryFigure) => each.target.name !== 'Search') }
        : run,
    );
  const all = find(madeHistory({ runs: 20, noise: 0.01 })).followed;
  expect(find(without(5)).followed).toBe(all);
  expect(find(without(4)).followed).toBe(all - 2);
});
