import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inDueOrder } from '../../record/samples/due-order.ts';
import { makeBatch, type SampleFields } from '../../record/samples/testing/make-batch.ts';
import { exactValue, isAboutRequests } from './exact-value.ts';
import type { RunRequests } from './run-requests.ts';
import { parseSentence } from './sentence-parser.ts';

/** Start of the run; its phases last 10 s and 5 s. */
const T0 = 1_700_000_000_000;
const PHASES = [
  { name: 'Quiet', startedAt: T0, endedAt: T0 + 10_000 },
  { name: 'Burst', startedAt: T0 + 10_000, endedAt: T0 + 15_000 },
];

function runOf(samples: readonly SampleFields[]): RunRequests {
  const phaseOf = ({ due = T0 }: SampleFields): { phase?: string } => {
    const phase = PHASES.find(({ startedAt, endedAt }) => startedAt <= due && due < endedAt);
    return phase === undefined ? {} : { phase: phase.name };
  };
  const { worker, ...columns } = makeBatch(samples.map((sample) => ({ ...phaseOf(sample), ...sample })));
  return {
    samples: inDueOrder({ ...columns, worker: new Uint8Array(columns.count).fill(worker) }),
    phases: PHASES,
    isJourney: (name) => name === 'Triage',
  };
}

function observed(text: string, samples: readonly SampleFields[]): number | undefined {
  return exactValue(parseSentence(text), runOf(samples));
}

/** A sample that was due so many seconds after the start. */
function at(seconds: number, lastByteMs: number, fields: SampleFields = {}): SampleFields {
  return { due: T0 + seconds * 1000, lastByte: lastByteMs * 1000, ...fields };
}

describe('exactValue', () => {
  test('interpolates quantiles between the two nearest values', () => {
    expect(observed('p75 < 1 ms', [at(0, 10), at(1, 20), at(2, 40)])).toBe(30);
    expect(observed('mean < 1 ms', [at(0, 10), at(1, 20), at(2, 40)])).toBeCloseTo(70 / 3, 12);
  });

  test('looks only at the endpoint, and at nothing where it was not called', () => {
    const samples = [at(0, 10, { endpoint: 'Search' }), at(0, 99, { endpoint: 'Sign in' })];
    expect(observed('max of "Search" < 1 ms', samples)).toBe(10);
    expect(observed('max of "Export" < 1 ms', samples)).toBeUndefined();
    expect(observed('count of "Export" < 1', samples)).toBe(0);
  });

  test('puts a request where it was due, also if its answer came in another phase', () => {
    const samples = [at(9.9, 4_000), at(10.1, 5)];
    expect(observed('max < 1 ms during "Quiet"', samples)).toBe(4_000);
    expect(observed('max < 1 ms during "Burst"', samples)).toBe(5);
  });

  test('leaves the warm-up out to the microsecond', () => {
    const samples = [at(2.999_999, 50), at(3, 7), at(12.5, 60), at(13, 8)];
    expect(observed('max < 1 ms after 3 s during "Quiet"', samples)).toBe(7);
    expect(observed('min < 1 ms after 3 s', samples)).toBe(7);
    expect(observed('max < 1 ms during "Burst" after 3 s', samples)).toBe(8);
  });

  test('believes the label of a request that a worker began a moment before the phase was announced', () => {
    const early = [at(9.98, 5, { phase: 'Burst' })];
    expect(observed('count > 0 during "Burst"', early)).toBe(1);
    expect(observed('count > 0 during "Quiet"', early)).toBe(0);
  });

  test('counts answers per second of the scope', () => {
    const samples = Array.from({ length: 30 }, (_, index) => at(index / 2, 1));
    expect(observed('rate > 1/s', samples)).toBe(2);
    expect(observed('rate > 1/s during "Burst"', samples)).toBe(2);
    expect(observed('rate > 1/s during "Burst" after 1 s', samples)).toBe(2);
  });

  test('counts failures over all attempts', () => {
    const samples = [
      at(0, 1),
      at(1, 1, { status: 500 }),
      at(2, 1, { status: 0, error: 'ECONNRESET' }),
      at(3, 1, { status: 404 }),
    ];
    expect(observed('error rate < 1 %', samples)).toBe(50);
    expect(observed('count > 1', samples)).toBe(3);
  });

  test('slides windows of whole seconds over each phase and gives the worst', () => {
    const samples = [at(0.5, 10), at(1.5, 30), at(2.5, 50), at(9.5, 90), at(10.5, 70), at(14.9, 20)];
    expect(observed('mean < 1 ms for 2 s', samples)).toBe(90);
    expect(observed('mean < 1 ms during "Quiet" for 3 s', samples)).toBe(90);
    expect(observed('mean > 1 ms during "Quiet" for 3 s', samples)).toBe(30);
    expect(observed('count > 1 during "Quiet" for 10 s', samples)).toBe(4);
    expect(observed('count > 1 during "Quiet" for 11 s', samples)).toBeUndefined();
  });

  test('judges a stop by when requests ended, since no more is known while the run goes on', () => {
    const stalled = [at(1, 6_000), at(2, 5_000), at(3, 4_000)];
    expect(observed('stop if count >= 3 for 1 s', stalled)).toBe(3);
    expect(observed('count < 3 for 1 s', stalled)).toBe(1);
  });

  test('in every window is what sorting the window gives', () => {
    const sample = fc.record({ second: fc.nat({ max: 9_999 }), ms: fc.nat({ max: 50 }), good: fc.boolean() });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (list, width) => {
        const samples = list.map(({ second, ms, good }) => at(second / 1000, ms, { status: good ? 200 : 503 }));
        const windows = Array.from({ length: 11 - width }, (_, from) =>
          list.filter(({ second }) => second >= from * 1000 && second < (from + width) * 1000),
        );
        const medians = windows.filter((each) => each.length > 0).map((each) => median(each.map(({ ms }) => ms)));
        const shares = windows
          .filter((each) => each.length > 0)
          .map((each) => (each.filter(({ good }) => !good).length / each.length) * 100);
        const text = `during "Quiet" for ${width} s`;
        expect(observed(`median < 1 ms ${text}`, samples)).toBe(Math.max(...medians));
        expect(observed(`error rate < 1 % ${text}`, samples)).toBe(Math.max(...shares));
        expect(observed(`count > 1 ${text}`, samples)).toBe(Math.min(...windows.map((each) => each.length)));
      }),
    );
  });
});

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

test('sentences about journeys, metrics and planned users are not about requests', () => {
  const isJourney = (name: string): boolean => name === 'Triage';
  const about = (text: string): boolean => isAboutRequests(parseSentence(text), isJourney);
  expect(['p95 < 1 ms', 'p95 of "Search" < 1 ms', 'rate > 1/s'].map(about)).toEqual([true, true, true]);
  expect(['p95 of "Triage" < 1 ms', 'mean of x.y < 1', 'rate > 95 % of planned'].map(about)).toEqual([
    false,
    false,
    false,
  ]);
});
