import { expect, test } from 'vitest';
import { activeWorkers, capOf } from './deal.ts';

test.each([
  [Infinity, 3, 3],
  [2, 3, 2],
  [3, 3, 3],
  [0, 3, 1],
])('a limit of %j leaves work for so many of %i workers: %i', (maxVusers, workers, active) => {
  expect(activeWorkers(maxVusers, workers)).toBe(active);
});

test.each([
  [10, 4, [3, 3, 2, 2]],
  [2, 4, [1, 1, 0, 0]],
  [Infinity, 2, [Infinity, Infinity]],
  [0, 2, [0, 0]],
])('a limit of %j is shared by %i workers as %j', (maxVusers, workers, caps) => {
  expect(caps.map((_, index) => capOf(maxVusers, { worker: index + 1, workers }))).toEqual(caps);
});
