import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ALL_TIME, type Turns, turnsOf } from '../arrivals/turns.ts';
import type { ProcessorFunction } from '../artillery.ts';
import type { Resources } from './resources.ts';
import { functionStep, parallelStep } from './steps.ts';
import { type Instruction, Strand } from './strand.ts';
import type { User } from './user.ts';

const user = { context: { vars: {} } } as unknown as User;
let now = 0;

beforeEach(() => {
  now = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A strand that runs a function which was due at 900 and begins at 1,000. */
async function runFunction(call: ProcessorFunction, turns: Turns = ALL_TIME): Promise<Strand> {
  const config = { processor: { work: call } };
  const step = functionStep('work', { config, turns, events: {} } as unknown as Resources);
  return new Promise((resolve) => {
    const strand: Strand = new Strand(user, [step], 900, () => resolve(strand));
    strand.run();
  });
}

describe('a function', () => {
  test('that waits moves on when the next step is due, by as long as it waited', async () => {
    const strand = await runFunction(async () => {
      await Promise.resolve();
      now += 250;
    });
    expect(strand.readyAt).toBe(1_150);
  });

  test('that waits over the turn of another generator waits for its own time only', async () => {
    // 800–1,000, then 1,100–1,300 of the other, then 1,400–1,600.
    const turns = turnsOf({ turnMs: 200, restMs: 100, isSecond: false }, 800);
    const strand = await runFunction(async () => {
      await Promise.resolve();
      now += 250;
    }, turns);
    expect(strand.readyAt).toBe(1_550);
  });

  test('that computes makes the next step late', async () => {
    const strand = await runFunction((_context, _events, done) => {
      now += 250;
      (done as () => void)();
    });
    expect(strand.readyAt).toBe(900);
  });
});

describe('parallel steps', () => {
  /** Ends when it is told. */
  function waiting(into: (() => void)[]): Instruction {
    return { execute: (strand) => strand.wait((done) => into.push(done)) };
  }

  test('begin no more of them at a time than the limit says', () => {
    const open: (() => void)[] = [];
    const step = parallelStep([[waiting(open)], [waiting(open)], [waiting(open)]], 2);
    let ends = 0;
    new Strand(user, [step], 0, () => (ends += 1)).run();
    expect(open).toHaveLength(2);
    open[0]?.();
    expect(open).toHaveLength(3);
    open[1]?.();
    expect(ends).toBe(0);
    open[2]?.();
    expect(ends).toBe(1);
  });

  test('end the journey with the first that fails, and begin no other', () => {
    const open: (() => void)[] = [];
    const failing: Instruction = {
      execute: () => {
        throw new Error('no');
      },
    };
    const errors: unknown[] = [];
    const step = parallelStep([[failing], [waiting(open)]], 1);
    new Strand(user, [step], 0, (error) => errors.push(error)).run();
    expect([errors, open]).toEqual([[new Error('no')], []]);
  });
});
