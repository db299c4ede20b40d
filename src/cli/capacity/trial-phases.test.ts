import { expect, test } from 'vitest';
import { heldPhases } from './trial-phases.ts';

test('every rate has a warm-up and is held, with a rest in between, as a whole number of users', () => {
  const { plan, holds } = heldPhases({ mode: 'poisson' }, [10.04, 20], 3, (rate) => (rate > 15 ? 5 : 7));
  expect(plan).toEqual({
    phases: [
      { mode: 'poisson', name: 'Warm-up 1', duration: 5, arrivalCount: 50 },
      { mode: 'poisson', name: 'Hold 1', duration: 7, arrivalCount: 70 },
      { name: 'Rest 1', pause: 2 },
      { mode: 'poisson', name: 'Warm-up 2', duration: 3, arrivalCount: 60 },
      { mode: 'poisson', name: 'Hold 2', duration: 5, arrivalCount: 100 },
    ],
    warmUpSec: 0,
    durationSec: 22,
  });
  expect(holds).toEqual([
    { phaseIndex: 1, ratePerSec: 10, holdSec: 7 },
    { phaseIndex: 4, ratePerSec: 20, holdSec: 5 },
  ]);
});
