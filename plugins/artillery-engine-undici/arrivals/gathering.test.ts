import { expect, test } from 'vitest';
import { type Agreement, openGathering } from './gathering.ts';

const shareOf = (worker: number): { arrivalRate: number }[] => [{ arrivalRate: worker }];

test('lets all workers begin at the same moment, with the phases of all', async () => {
  const workers = 3;
  const places = [1, 2, 3].map((worker) => ({ worker, workers }));
  const gatherings = places.map((place) => openGathering(place, shareOf(place.worker), 'gathering test'));
  const early: number[] = [];
  const alive = setInterval(() => undefined, 1000);
  const agreements = await Promise.all(
    gatherings.toReversed().map(({ ready }, index) => {
      const { promise, resolve } = Promise.withResolvers<Agreement>();
      if (index < 2) ready(resolve);
      // The last one lets the others wait.
      else setImmediate(() => early.push(performance.now()) && ready(resolve));
      return promise;
    }),
  );
  clearInterval(alive);
  for (const { shares } of agreements) expect(shares).toEqual([shareOf(1), shareOf(2), shareOf(3)]);
  const starts = agreements.map(({ startAt }) => startAt);
  expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(0.1);
  expect(Math.min(...starts)).toBeGreaterThan(early[0] ?? Infinity);
});

test('a worker on its own waits for nobody', () => {
  let agreement: Agreement | undefined;
  openGathering({ worker: 1, workers: 1 }, shareOf(1), 'alone').ready((agreed) => {
    agreement = agreed;
  });
  expect(agreement?.shares).toEqual([shareOf(1)]);
});
