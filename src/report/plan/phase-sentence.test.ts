import { describe, expect, test } from 'vitest';
import type { PlannedPhase } from '../../workload/plan/index.ts';
import { phaseSentence } from './phase-sentence.ts';

type Changes = Partial<Omit<PlannedPhase, 'users'>> & { readonly arrivals?: number; readonly skipped?: number };

function sentence({ arrivals = 120, skipped = 0, ...changes }: Changes): string {
  return phaseSentence({
    index: 0,
    name: 'Peak',
    kind: 'constant',
    startMs: 0,
    durationMs: 60_000,
    fromPerSec: 2,
    toPerSec: 2,
    isRandom: false,
    users: { arrivals, skipped, started: arrivals - skipped, deviation: 0 },
    expectedRequests: 0,
    peakConcurrency: 0,
    ...changes,
  });
}

describe('phaseSentence', () => {
  test.each<[string, Changes, string]>([
    ['a constant rate', {}, 'For 60 s, new users arrive 2 times a second; 120 in all.'],
    [
      'random arrivals',
      { isRandom: true },
      'For 60 s, new users arrive 2 times a second on average, at random moments; about 120 in all.',
    ],
    [
      'a rising ramp',
      { kind: 'ramp', toPerSec: 8, arrivals: 300 },
      'For 60 s, new users arrive 2 times a second, rising evenly to 8 a second; 300 in all.',
    ],
    [
      'a falling ramp',
      { kind: 'ramp', toPerSec: 0, arrivals: 60 },
      'For 60 s, new users arrive 2 times a second, falling evenly to none; 60 in all.',
    ],
    [
      'a ramp from nothing',
      { kind: 'ramp', fromPerSec: 0, toPerSec: 4 },
      'For 60 s, new users arrive more and more often, rising evenly from none to 4 a second; 120 in all.',
    ],
    ['a flat ramp', { kind: 'ramp' }, 'For 60 s, new users arrive 2 times a second; 120 in all.'],
    [
      'a number of users',
      { kind: 'count', arrivals: 6, fromPerSec: 0.1 },
      'Within 60 s, 6 new users arrive, evenly spread, one every 10 s.',
    ],
    ['one user', { kind: 'count', arrivals: 1 }, 'Within 60 s, 1 new user arrives.'],
    ['a pause', { kind: 'pause' }, 'For 60 s, nobody new arrives; who is at work goes on.'],
    ['zeros', { kind: 'nothing' }, 'Nothing: all its numbers are 0, so Artillery leaves it out.'],
    [
      'a limit that holds users off',
      { maxVusers: 5, skipped: 75 },
      'For 60 s, new users arrive 2 times a second; 120 in all. At most 5 users may be at work: about 45 are let in, the other 75 are turned away and not made up for.',
    ],
    [
      'a limit that does not',
      { maxVusers: 500 },
      'For 60 s, new users arrive 2 times a second; 120 in all. At most 500 users may be at work; that should not be reached.',
    ],
  ])('says what %s does', (_, changes, text) => {
    expect(sentence(changes)).toBe(text);
  });
});
