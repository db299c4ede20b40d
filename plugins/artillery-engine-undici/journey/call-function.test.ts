import { describe, expect, test } from 'vitest';
import type { ProcessorFunction } from '../artillery.ts';
import { callFunction, callInTurn } from './call-function.ts';

function outcome(call: ProcessorFunction): Promise<unknown> {
  return new Promise((resolve) => {
    callFunction(call, ['value'], resolve);
  });
}

describe('a function of a processor', () => {
  test.each<[string, ProcessorFunction]>([
    ['calls back', (_value, done) => (done as () => void)()],
    ['calls back with null', (_value, done) => (done as (error: null) => void)(null)],
    ['is async', async () => 'a result that nobody asked for'],
    ['returns a promise', () => Promise.resolve()],
  ])('that %s is done', async (_how, call) => {
    expect(await outcome(call)).toBeUndefined();
  });

  test.each<[string, ProcessorFunction]>([
    ['calls back with an error', (_value, done) => (done as (error: Error) => void)(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    [
      'is async and throws',
      async () => {
        throw new Error('no');
      },
    ],
    ['returns a promise that is rejected', () => Promise.reject(new Error('no'))],
  ])('that %s has failed', async (_how, call) => {
    expect(await outcome(call)).toEqual(new Error('no'));
  });

  test('that is async gets no callback', async () => {
    let count = 0;
    await outcome(async (...values) => {
      count = values.length;
    });
    expect(count).toBe(1);
  });
});

test('functions are called in turn until one fails', () => {
  const seen: string[] = [];
  let end: unknown;
  callInTurn(
    ['a', 'b', 'c'],
    (item, done) => {
      seen.push(item);
      done(item === 'b' ? 'no' : undefined);
    },
    (error) => {
      end = error;
    },
  );
  expect({ seen, end }).toEqual({ seen: ['a', 'b'], end: 'no' });
});
