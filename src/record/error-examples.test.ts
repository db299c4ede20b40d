import { describe, expect, test } from 'vitest';
import { createErrorExamples, saidByError, saidText } from './error-examples.ts';
import { createRedactor } from './redact.ts';

function at(second: number): string {
  return new Date(1_700_000_000_000 + second * 1000).toISOString();
}

describe('createErrorExamples', () => {
  test('keeps three of a kind, of different endpoints or ten seconds apart', () => {
    const examples = createErrorExamples();
    const tried: [endpoint: string, second: number][] = [
      ['Search', 0],
      ['Search', 9.999],
      ['Sign in', 1],
      ['Search', 10],
      ['Search', 60],
      ['Heat map', 61],
    ];
    for (const [endpoint, second] of tried) examples.add({ kind: '503', endpoint, at: at(second) });
    expect(examples.take()).toEqual([
      { kind: '503', endpoint: 'Search', at: at(0) },
      { kind: '503', endpoint: 'Sign in', at: at(1) },
      { kind: '503', endpoint: 'Search', at: at(10) },
    ]);
    expect(examples.wants('503', 'Heat map', Date.parse(at(100)))).toBe(false);
    expect(examples.take()).toEqual([]);
  });

  test('keeps twenty kinds, however many there are', () => {
    const examples = createErrorExamples();
    for (let number = 0; number < 1_000; number += 1) examples.add({ kind: `order ${number} failed`, at: at(number) });
    expect(examples.take().map(({ kind }) => kind)).toEqual(
      Array.from({ length: 20 }, (_, index) => `order ${index} failed`),
    );
    expect(examples.wants('order 19 failed', undefined, Date.parse(at(2_000)))).toBe(true);
    expect(examples.wants('order 20 failed', undefined, Date.parse(at(2_000)))).toBe(false);
  });

  test('asking changes nothing', () => {
    const examples = createErrorExamples();
    expect([1, 2, 3, 4].map(() => examples.wants('ETIMEDOUT', 'Search', 0))).toEqual([true, true, true, true]);
    expect(examples.take()).toEqual([]);
  });
});

describe('saidText', () => {
  test('is one line of at most 200 characters', () => {
    expect(saidText(' {\n\t"title": \u0000"Gone"\u2028}  ')).toBe('{ "title": "Gone" }');
    expect(saidText('x'.repeat(200))).toBe('x'.repeat(200));
    expect(saidText('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
    expect(saidText('👩'.repeat(150))?.isWellFormed()).toBe(true);
    expect(saidText(' \n ')).toBeUndefined();
  });

  test('holds no secret, and no half of one', () => {
    const redactor = createRedactor();
    const secret = 's3cr3t-'.repeat(20);
    redactor.learn([secret]);
    expect(saidText(`${'x'.repeat(150)} ${secret}`, true, redactor)).toBe(`${'x'.repeat(150)} [redacted]`);
    expect(saidText(`${secret} ${secret.slice(0, 50)}`, false, redactor)).toBeUndefined();
    expect(saidText('{"password": "hunter2"}', true, redactor)).toBe('{"password": "[redacted]"}');
  });
});

describe('saidByError', () => {
  test('is what the error says beside its kind', () => {
    expect(saidByError(new Error('connect ECONNREFUSED 127.0.0.1:1'), 'ECONNREFUSED')).toBe(
      'connect ECONNREFUSED 127.0.0.1:1',
    );
    expect(saidByError(new Error('no alert left'), 'no alert left')).toBeUndefined();
    expect(saidByError('no alert left', 'no alert left')).toBeUndefined();
  });

  test('is the first attempt where several addresses were tried', () => {
    const attempts = new AggregateError([new Error('connect ECONNREFUSED ::1:1'), new Error('other')]);
    expect(saidByError(attempts, 'ECONNREFUSED')).toBe('connect ECONNREFUSED ::1:1');
  });
});
