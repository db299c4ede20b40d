import { expect, test } from 'vitest';
import { claimWorkerNumber, workerNumber } from './worker-number.ts';

/** Locks of a process in which others hold some. */
function locksHeld(...held: string[]) {
  return {
    request(name: string, _options: { ifAvailable: true }, callback: (lock: unknown) => unknown): unknown {
      return callback(held.includes(name) ? null : { name });
    },
  };
}

test('a worker gets the lowest number that no other worker holds', async () => {
  await claimWorkerNumber(locksHeld());
  expect(workerNumber()).toBe(1);
  await claimWorkerNumber(locksHeld('proving-ground-worker-1', 'proving-ground-worker-2'));
  expect(workerNumber()).toBe(3);
});

test('a worker keeps the number it has where there are no locks', async () => {
  const before = workerNumber();
  await claimWorkerNumber(undefined);
  expect(workerNumber()).toBe(before);
});
