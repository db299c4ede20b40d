import { describe, expect, test, vi } from 'vitest';
import { createSteppedAlarm } from '../arrivals/testing/stepped-alarm.ts';
import { turnsOf } from '../arrivals/turns.ts';
import { type Instruction, Strand } from './strand.ts';
import type { User } from './user.ts';

const nobody = {} as User;

function start(program: Instruction[], onEnd: (error?: unknown) => void = () => undefined): void {
  new Strand(nobody, program, 0, onEnd).run();
}

function note(into: string[], text: string): Instruction {
  return { execute: () => into.push(text) > 0 };
}

describe('a strand', () => {
  test('goes from instruction to instruction', () => {
    const seen: string[] = [];
    start([note(seen, 'a'), note(seen, 'b')], () => seen.push('end'));
    expect(seen).toEqual(['a', 'b', 'end']);
  });

  test('waits until it is resumed', () => {
    const seen: string[] = [];
    let resume = (): void => undefined;
    start([{ execute: (strand) => strand.wait((done) => (resume = done)) }, note(seen, 'b')]);
    expect(seen).toEqual([]);
    resume();
    expect(seen).toEqual(['b']);
  });

  test('does not wait for what calls back at once', () => {
    const seen: string[] = [];
    start([{ execute: (strand) => strand.wait((done) => done()) }, note(seen, 'b')]);
    expect(seen).toEqual(['b']);
  });

  test.each([
    [
      'thrown',
      {
        execute: () => {
          throw new Error('no');
        },
      },
    ],
    ['called back at once', { execute: (strand: Strand) => strand.wait((done) => done(new Error('no'))) }],
  ])('ends with an error that is %s', (_how, instruction) => {
    const ends: unknown[] = [];
    start([instruction, note([], 'never')], (error) => ends.push(error));
    expect(ends).toEqual([new Error('no')]);
  });

  test('hears the first answer only', () => {
    const seen: string[] = [];
    let resume = (_error?: unknown): void => undefined;
    start([{ execute: (strand) => strand.wait((done) => (resume = done)) }, note(seen, 'b')], () => seen.push('end'));
    resume();
    resume(new Error('too late'));
    expect(seen).toEqual(['b', 'end']);
  });

  test('lets others have their turn in a loop that never waits', async () => {
    let count = 0;
    const program: Instruction[] = [
      {
        execute: (strand) => {
          count += 1;
          strand.jump(0);
          return count < 1_000_000;
        },
      },
    ];
    start(program);
    expect(count).toBe(1_000);
    await new Promise(setImmediate);
    expect(count).toBe(2_000);
    count = 1_000_000;
  });

  test('does what is due at once, and waits where another load generator has its turn', () => {
    const alarm = createSteppedAlarm();
    vi.spyOn(performance, 'now').mockImplementation(() => alarm.now());
    alarm.runUntil(100);
    const turns = turnsOf({ turnMs: 200, restMs: 100, isSecond: true }, 100);
    const user = { resources: { alarm, turns } } as unknown as User;
    const seen: string[] = [];
    const at = (readyAt: number): Strand =>
      new Strand(user, [], readyAt, (error) => seen.push(`${String(error)} at ${alarm.now()}`));
    const [early, late] = [at(100), at(450)];
    early.whenDue(() => seen.push(`first at ${alarm.now()}`));
    alarm.runUntil(450);
    late.whenDue(() => seen.push(`second at ${alarm.now()}`));
    expect([early.readyAt, late.readyAt]).toEqual([400, 450]);
    at(700).whenDue(() => {
      throw new Error('no');
    });
    alarm.runUntil(2_000);
    expect(seen).toEqual(['first at 400', 'second at 450', 'Error: no at 1000']);
    vi.restoreAllMocks();
  });
});
