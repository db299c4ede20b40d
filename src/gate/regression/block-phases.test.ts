import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockPhases } from './block-phases.ts';

const phase = (seconds: number, raw: object = {}) => ({
  raw: { name: `Phase of ${seconds}`, duration: seconds, arrivalRate: 2, ...raw },
  seconds,
});

describe('a block', () => {
  test('keeps rates, mixes and names, and the share of each phase', () => {
    const { phases, durationSec, warmUpSec } = blockPhases([phase(60), phase(30, { mix: { Shop: 100 } })], 9, 3);
    expect([durationSec, warmUpSec]).toEqual([9, 3]);
    expect(phases).toEqual([
      { name: 'Warm-up', duration: 3, arrivalRate: 2 },
      { name: 'Phase of 60', duration: 6, arrivalRate: 2 },
      { name: 'Phase of 30', duration: 3, arrivalRate: 2, mix: { Shop: 100 } },
    ]);
  });

  test('gives a short phase a second of its own', () => {
    const { phases } = blockPhases([phase(600), phase(1)], 10, 0);
    expect(phases.map(({ duration }) => duration)).toEqual([9, 1]);
  });

  test('takes a second for each phase where those are more than its seconds', () => {
    expect(blockPhases([phase(5), phase(5), phase(5)], 2, 0).durationSec).toBe(3);
  });

  test('shortens a count with its time, and a pause as well', () => {
    const { phases } = blockPhases(
      [
        { raw: { duration: 100, arrivalCount: 200 }, seconds: 100 },
        { raw: { pause: 100 }, seconds: 100 },
      ],
      10,
      0,
    );
    expect(phases).toEqual([{ duration: 5, arrivalCount: 10 }, { pause: 5 }]);
  });

  test('warms up with what a ramp from nothing leads to, and with the rate of a count', () => {
    const ramp = { raw: { duration: 60, arrivalRate: 0, rampTo: 8 }, seconds: 60 };
    expect(blockPhases([ramp], 10, 3).phases[0]).toMatchObject({ arrivalRate: 8, duration: 3 });
    const count = { raw: { duration: 60, arrivalCount: 120 }, seconds: 60 };
    expect(blockPhases([count], 10, 3).phases[0]).toEqual({ name: 'Warm-up', duration: 3, arrivalRate: 2 });
  });
});

test('all phases together take what was asked for, and none takes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 60 }),
      (lengths, blockSec) => {
        const { phases, durationSec } = blockPhases(
          lengths.map((seconds) => phase(seconds)),
          blockSec,
          0,
        );
        const durations = phases.map(({ duration }) => Number(duration));
        expect(durations.every((each) => Number.isInteger(each) && each >= 1)).toBe(true);
        expect(durations.reduce((sum, each) => sum + each, 0)).toBe(durationSec);
        expect(durationSec).toBe(Math.max(blockSec, lengths.length));
      },
    ),
  );
});
