import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Reported, ShapesKept } from '../../bench/accuracy/measure.ts';
import { fidelityOf, type PlannedPhase, plannedBy } from '../../bench/accuracy/planned-arrivals.ts';
import type { KnownOutcome } from '../../bench/accuracy/run-test.ts';
import { compareQuantiles, truthOf } from '../../bench/accuracy/truth.ts';

const BENCH = fileURLToPath(new URL('../../bench/accuracy.ts', import.meta.url));

interface Output {
  readonly reports: readonly Reported[];
  readonly kept: readonly ShapesKept[];
}

test('what our engine reports is close to what the server knows, by the short bench', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short', '--json'], { encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const { reports: all, kept } = JSON.parse(stdout) as Output;
  const reports = all.filter(({ isOurs }) => isOurs);
  expect(all).toHaveLength(2 * reports.length);
  expect(reports.map(({ experiment, requests }) => [experiment.behaviour, requests])).toEqual([
    ['slow body', 300],
    ['stall', 500],
  ]);
  const quantile = (index: number, q: number): { truthMs: number; errorMs: number } => {
    const found = reports[index]?.quantiles.find((each) => each.quantile === q);
    if (found === undefined) throw new Error(`no p${q * 100}`);
    return found;
  };
  // Bounds for a machine that does other things as well; docs/accuracy.md has the figures of a quiet one.
  for (const [index, q] of [
    [0, 0.5],
    [1, 0.95],
  ] as const) {
    const { truthMs, errorMs } = quantile(index, q);
    expect(Math.abs(errorMs)).toBeLessThan(Math.max(1, 0.02 * truthMs));
  }
  // To the last byte, and from the moment the request was due, not from when the server got round to it.
  expect(quantile(0, 0.5).truthMs).toBeGreaterThan(49);
  expect(quantile(1, 0.95).truthMs).toBeGreaterThan(200);
  expect(kept).toHaveLength(1);
  // All come. In which phase is a matter of time: beside other tests, those of a quarter of a second came after the end of theirs. engine-arrivals.test.ts
  // holds the schedule itself to 1 %.
  const { phases = [], arrivals } = kept[0] ?? {};
  expect(arrivals).toBe(phases.reduce((sum, { planned }) => sum + planned, 0));
  for (const { planned, achieved } of phases) expect(Math.abs(achieved - planned)).toBeLessThan(planned / 2);
});

/** Arrivals every 10 ms, answered after 1 ms each, but for a server that stands still from 100 to 200 ms. */
function stalledOutcome(): KnownOutcome {
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  const receivedMs = numbers.map((number) => (number > 10 && number < 20 ? 200 : number * 10));
  const answeredMs = receivedMs.map((at) => at + 1);
  return {
    records: { numbers, receivedMs, answeredMs },
    samples: undefined,
    summary: { p50: 1, p95: 1, p99: 1, p999: 1 },
    epochToHrtimeMs: 0,
  };
}

describe('the truth', () => {
  test('counts the time that requests wait for a server that stands still, from when they were due', () => {
    const { responseMs, startMs } = truthOf(stalledOutcome(), 10, undefined);
    expect(startMs).toBe(0);
    expect([...responseMs.slice(9, 22)]).toEqual([1, 1, 91, 81, 71, 61, 51, 41, 31, 21, 11, 1, 1]);
  });

  test('calls a report exact up to 2 % or 0.1 ms from it, and not beyond', () => {
    const truth = { startMs: 0, responseMs: new Float64Array(1000).fill(10) };
    const exact = (reported: number): (boolean | undefined)[] =>
      compareQuantiles(truth, [reported, reported, reported, reported]).map(({ isExact }) => isExact);
    expect(exact(10.2)).toEqual([true, true, true, true]);
    expect(exact(10.21)).toEqual([false, false, false, false]);
    const short = { startMs: 0, responseMs: new Float64Array(1000).fill(1) };
    expect(compareQuantiles(short, [1.09, 1.11, 0.91, 0.89]).map(({ isExact }) => isExact)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test('refuses to judge while an answer is missing', () => {
    const truth = { startMs: 0, responseMs: new Float64Array([1, Number.NaN]) };
    expect(() => compareQuantiles(truth, [1, 1, 1, 1])).toThrow('did not answer every request');
  });
});

const CONSTANT: PlannedPhase = { name: 'c', durationSec: 10, fromPerSec: 100, toPerSec: 100, isPoisson: false };
const RAMP: PlannedPhase = { name: 'r', durationSec: 40, fromPerSec: 0.2, toPerSec: 0.8, isPoisson: false };

describe('load fidelity', () => {
  test('plans the area under a ramp', () => {
    expect(plannedBy(RAMP, 40)).toBeCloseTo(20, 10);
    expect(plannedBy(RAMP, 20)).toBeCloseTo(7, 10);
    expect(plannedBy(RAMP, 99)).toBeCloseTo(20, 10);
  });

  test('finds nothing wrong with arrivals that keep to the plan', () => {
    const arrivals = Array.from({ length: 1000 }, (_, number) => number / 100);
    const [fidelity] = fidelityOf([CONSTANT], arrivals);
    expect(fidelity).toMatchObject({ planned: 1000, achieved: 1000, isExact: true });
    expect(fidelity?.mostOff).toBeLessThanOrEqual(1);
    expect(Math.abs(fidelity?.driftRatio ?? 1)).toBeLessThan(0.001);
  });

  test.each([
    [1.009, true],
    [1.012, false],
  ])('sees arrivals that are %d times as far apart as planned', (factor, isExact) => {
    const arrivals = Array.from({ length: 1000 }, (_, number) => (number / 100) * factor);
    const [fidelity] = fidelityOf([CONSTANT], arrivals);
    expect(fidelity?.isExact).toBe(isExact);
    expect(fidelity?.driftRatio).toBeCloseTo(1 / factor - 1, 3);
  });
});
