import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideWork } from '../plan/divide-work.ts';
import type { PhaseSpec } from '../plan/phase-spec.ts';
import { wholePhases } from './whole-phases.ts';

const seconds = fc.integer({ min: 1, max: 90 });
const phase = fc.oneof(
  fc.record({ duration: seconds, arrivalRate: fc.integer({ min: 1, max: 50 }) }),
  fc.record({
    duration: seconds,
    arrivalRate: fc.integer({ min: 1, max: 50 }),
    // Below the number of workers Artillery loses users as it deals them out (docs/arrivals.md).
    maxVusers: fc.integer({ min: 8, max: 50 }),
  }),
  fc.record({
    duration: seconds,
    arrivalRate: fc.integer({ min: 0, max: 90 }).map((tenths) => tenths / 10),
    rampTo: fc.integer({ min: 1, max: 90 }).map((tenths) => tenths / 10),
  }),
  fc.record({ duration: seconds, arrivalCount: fc.integer({ min: 1, max: 50 }), mix: fc.constant({ A: 100 }) }),
  fc.record({ pause: seconds }),
);

test('finds the phases of a test in the shares that Artillery deals out', () => {
  fc.assert(
    fc.property(fc.array(phase, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 8 }), (phases, workers) => {
      const specs: PhaseSpec[] = phases.map((raw, index) => ({ index, name: undefined, kind: 'constant', raw }));
      const shares = divideWork(specs, workers).map((share) => share.map(({ raw }) => raw));
      if (shares.length > 0) expect(wholePhases(shares)).toEqual(phases);
    }),
  );
});
