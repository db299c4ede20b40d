import { describe, expect, test } from 'vitest';
import { NO_MEASUREMENTS } from '../../record/index.ts';
import { makeBatch } from '../../record/samples/testing/make-batch.ts';
import { sketchOf } from '../../stats/index.ts';
import { parseSentence } from './sentence-parser.ts';
import { createTracker, type Observation, type Tracker } from './tracker.ts';

interface Second {
  readonly phase?: string;
  /** Values of metric x.y. */
  readonly values?: readonly number[];
  /** Answers 200 and 503 of the endpoint Search, and requests that were not answered. */
  readonly answers?: readonly [good: number, bad: number, unanswered: number];
  readonly users?: number;
  readonly plannedUsers?: number;
}

/** Seconds of a run, from its start; a phase begins with the first second that names it. */
function track(text: string, seconds: readonly Second[]): Tracker {
  const tracker = createTracker(parseSentence(text));
  const phaseStart = new Map<string, number>();
  for (const [index, second] of seconds.entries()) {
    const name = second.phase ?? 'Only';
    if (!phaseStart.has(name)) phaseStart.set(name, index);
    tracker.observe(observationOf(second, index, name, index - (phaseStart.get(name) ?? 0)));
  }
  return tracker;
}

function observationOf(second: Second, index: number, name: string, inPhase: number): Observation {
  const [good, bad, unanswered] = second.answers ?? [0, 0, 0];
  const counters = {
    'vusers.created': second.users ?? 1,
    'plugins.metrics-by-endpoint.Search.codes.200': good,
    'plugins.metrics-by-endpoint.Search.codes.503': bad,
    'plugins.metrics-by-endpoint.Search.errors.ETIMEDOUT': unanswered,
  };
  const histograms = second.values === undefined ? {} : { 'x.y': sketchOf(second.values) };
  return {
    startedAt: index * 1000,
    elapsedMs: index * 1000,
    seconds: 1,
    plannedUsers: second.plannedUsers ?? 1,
    phase: { name, elapsedMs: inPhase * 1000 },
    measured: { ...NO_MEASUREMENTS, counters, histograms },
  };
}

function outcome(text: string, seconds: readonly Second[]): [outcome: string, observed: number | undefined] {
  const { outcome: answer, terms } = track(text, seconds).result();
  return [answer, terms[0]?.observed];
}

describe('a sentence about its whole scope', () => {
  test('holds on one side of its limit and not on the other', () => {
    const seconds = [{ values: [10, 20] }, { values: [30] }];
    expect(outcome('mean of x.y < 21', seconds)).toEqual(['passed', 20]);
    expect(outcome('mean of x.y < 20', seconds)).toEqual(['failed', 20]);
    expect(outcome('mean of x.y <= 20', seconds)).toEqual(['passed', 20]);
    expect(outcome('max of x.y > 29', seconds)).toEqual(['passed', 30]);
  });

  test('sees only its phase, and leaves the warm-up of the phase out', () => {
    const seconds = [
      { phase: 'Quiet', values: [1] },
      { phase: 'Burst', values: [100] },
      { phase: 'Burst', values: [10] },
      { phase: 'After', values: [1000] },
    ];
    expect(outcome('max of x.y < 101 during "Burst"', seconds)).toEqual(['passed', 100]);
    expect(outcome('max of x.y < 101 during "Burst" after 1 s', seconds)).toEqual(['passed', 10]);
    expect(outcome('max of x.y < 101 after 3 s', seconds)).toEqual(['failed', 1000]);
  });

  test('has no data where nothing was measured, and then does not pass', () => {
    expect(outcome('mean of x.y < 21 during "Burst"', [{ phase: 'Quiet', values: [1] }])).toEqual([
      'no data',
      undefined,
    ]);
    expect(outcome('p95 of "Nobody" < 5 ms', [{ answers: [1, 0, 0] }])[0]).toBe('no data');
  });

  test('counts unanswered requests and 5xx answers as errors, per request that was tried', () => {
    expect(outcome('error rate of "Search" <= 25 %', [{ answers: [6, 1, 1] }])).toEqual(['passed', 25]);
    expect(outcome('error rate < 25 %', [{ answers: [6, 1, 1] }])).toEqual(['failed', 25]);
    expect(outcome('error rate < 1 %', [{ answers: [6, 0, 0] }])).toEqual(['passed', 0]);
  });

  test('compares users that arrived with users that were planned', () => {
    const seconds = [
      { users: 9, plannedUsers: 10 },
      { users: 10, plannedUsers: 10 },
    ];
    expect(outcome('rate >= 95 % of planned', seconds)).toEqual(['passed', 95]);
    expect(outcome('rate >= 96 % of planned', seconds)).toEqual(['failed', 95]);
  });

  test('measures rates in events per second of its scope', () => {
    expect(outcome('rate of "Search" > 3/s', [{ answers: [4, 0, 0] }, { answers: [4, 0, 0] }])).toEqual(['passed', 4]);
  });
});

describe('a sentence about windows', () => {
  const flaky = [5, 5, 90, 5, 5].map((value) => ({ values: [value] }));

  test('must hold in each of them, and shows the worst', () => {
    expect(outcome('mean of x.y < 60 for 2 s', flaky)).toEqual(['passed', 47.5]);
    expect(outcome('mean of x.y < 60 for 1 s', flaky)).toEqual(['failed', 90]);
    expect(outcome('mean of x.y > 5 for 1 s', flaky)).toEqual(['failed', 5]);
  });

  test('has no data before a window is full', () => {
    expect(outcome('mean of x.y < 60 for 6 s', flaky)[0]).toBe('no data');
  });

  test('does not reach from one phase into another of the same name', () => {
    const seconds = [
      { phase: 'A', values: [50] },
      { phase: 'B', values: [1] },
      { phase: 'A', values: [50] },
    ];
    expect(outcome('mean of x.y < 60 during "A" for 2 s', seconds)[0]).toBe('no data');
  });
});

describe('a stop', () => {
  const burning = [0, 0, 5, 5, 5, 5].map((bad): Second => ({ answers: [5, bad, 0] }));

  test('fires at the end of the first window in which its condition is met', () => {
    expect(track('stop if error rate > 40 % for 3 s', burning).stoppedAt()).toBe(5000);
    expect(track('stop if error rate > 40 % for 1 s', burning).stoppedAt()).toBe(3000);
  });

  test('does not fire at its limit', () => {
    expect(track('stop if error rate > 50 % for 3 s', burning).stoppedAt()).toBeUndefined();
    expect(track('stop if error rate >= 50 % for 3 s', burning).stoppedAt()).toBe(5000);
  });

  test('fails when it fired, passes when it did not, also without data', () => {
    expect(outcome('stop if error rate > 40 % for 3 s', burning)).toEqual(['failed', 50]);
    expect(outcome('stop if error rate > 60 % for 3 s', burning)).toEqual(['passed', 50]);
    expect(outcome('stop if mean of x.y > 60 for 3 s', burning)).toEqual(['passed', undefined]);
  });
});

describe('with samples', () => {
  /** One second with requests of the endpoint Search that took so many milliseconds. */
  function second(index: number, times: readonly number[], status = 200): Observation {
    const samples = times.map((ms) => ({ due: index * 1000, lastByte: ms * 1000, status }));
    return {
      ...observationOf({}, index, 'Only', index),
      samples: samples.length === 0 ? [] : [makeBatch(samples)],
    };
  }

  function trackSamples(text: string, seconds: readonly Observation[]): Tracker {
    const tracker = createTracker(parseSentence(text));
    for (const observation of seconds) tracker.observe(observation);
    return tracker;
  }

  test('a stop is about the exact times of its window', () => {
    const seconds = [second(0, [10]), second(1, [500, 500]), second(2, [500, 10])];
    const text = 'stop if median of "Search" > 499 ms for 2 s';
    expect(trackSamples(text, seconds).stoppedAt()).toBe(2000);
    expect(trackSamples(text, seconds).result().terms[0]).toMatchObject({ observed: 500, source: 'samples' });
    expect(trackSamples('stop if median of "Search" > 500 ms for 2 s', seconds).stoppedAt()).toBeUndefined();
  });

  test('a second without any request counts as one in the window', () => {
    const seconds = [second(0, [1, 1, 1, 1]), second(1, []), second(2, [])];
    expect(trackSamples('stop if rate < 1/s for 2 s', seconds).stoppedAt()).toBe(3000);
  });

  test('a failed request fires a stop about errors', () => {
    const seconds = [second(0, [1]), second(1, [1, 1], 503)];
    expect(trackSamples('stop if error rate > 99 % for 1 s', seconds).stoppedAt()).toBe(2000);
  });

  test('a gate is judged by all requests of the run, and says so', () => {
    const { worker, ...columns } = makeBatch([{ due: 0, lastByte: 7_000 }]);
    const samples = { ...columns, worker: new Uint8Array([worker]) };
    const run = { samples, phases: [{ name: 'Only', startedAt: 0, endedAt: 1000 }], isJourney: () => false };
    const tracker = trackSamples('p95 of "Search" < 5 ms', []);
    expect(tracker.result().outcome).toBe('no data');
    expect(tracker.result(run)).toMatchObject({ outcome: 'failed', terms: [{ observed: 7, source: 'samples' }] });
    expect(
      trackSamples('mean of x.y < 5', [observationOf({ values: [1] }, 0, 'Only', 0)]).result(run).terms[0],
    ).toMatchObject({
      observed: 1,
      source: 'metrics',
    });
  });
});
