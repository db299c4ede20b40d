import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultWorkers, divideWork } from './divide-work.ts';
import { phaseSpecs } from './phase-spec.ts';

// The reference: Artillery's own code, which its package does not export.
const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
const { default: divideByArtillery } = (await import(pathToFileURL(join(artillery, 'dist/lib/dist.js')).href)) as {
  default: (script: { config: { phases: object[] } }, workers: number) => { config: { phases: RawPhase[] } }[];
};

interface RawPhase {
  readonly [key: string]: unknown;
}

const rate = fc.integer({ min: 1, max: 40 });
const duration = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constantFrom('10s', '2 min'));
const cap = fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined });
const phase: fc.Arbitrary<RawPhase> = fc.oneof(
  fc.record({ duration, arrivalRate: rate, maxVusers: cap }),
  fc.record({ duration, arrivalRate: fc.double({ min: 0, max: 9, noNaN: true }), rampTo: rate, maxVusers: cap }),
  fc.record({ duration, arrivalRate: rate, rampTo: fc.constant(0) }),
  fc.record({ duration, arrivalCount: fc.integer({ min: 1, max: 500 }), maxVusers: cap }),
  fc.record({ duration, arrivalCount: fc.integer({ min: 1, max: 500 }), arrivalRate: rate }),
  fc.record({ pause: duration }),
  fc.constant({ duration: 10, arrivalRate: 0 }),
);

/** Without what Artillery adds, and without keys that are undefined. */
function essence(raw: RawPhase): RawPhase {
  const { mode, totalWorkers, worker, name, ...rest } = JSON.parse(JSON.stringify(raw)) as RawPhase;
  return rest;
}

function withoutOutput<T>(work: () => T): T {
  const { log } = console;
  console.log = () => undefined;
  try {
    return work();
  } finally {
    console.log = log;
  }
}

describe('divideWork', () => {
  test('deals phases out as Artillery does', () => {
    fc.assert(
      fc.property(
        fc.array(phase, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (phases, workers) => {
          const specs = phaseSpecs({ config: { phases }, locate: () => undefined });
          const ours = divideWork(specs, workers).map((share) => share.map(({ raw }) => essence(raw)));
          const theirs = withoutOutput(() =>
            divideByArtillery({ config: { phases: structuredClone(phases) } }, workers),
          );
          expect(ours).toEqual(theirs.map(({ config }) => config.phases.map(essence)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('gives the first workers what cannot be shared evenly, and leaves out those with nothing to do', () => {
    const specs = phaseSpecs({ config: { phases: [{ duration: 1, arrivalRate: 2 }] }, locate: () => undefined });
    expect(divideWork(specs, 5).map((share) => share.map(({ raw }) => raw.arrivalRate))).toEqual([[1], [1]]);
  });

  test('keeps one processor free, but uses at least one worker', () => {
    expect([1, 2, 3, 16].map(defaultWorkers)).toEqual([1, 1, 2, 15]);
  });
});
