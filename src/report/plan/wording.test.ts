import { describe, expect, test } from 'vitest';
import { oneLine, sayAbout, sayCount, sayDuration, sayHowOften, sayMoment, sayRate, wrapText } from './wording.ts';

describe('wording', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [4250, '4.3 s'],
    [60_000, '60 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [185_000, '3 min 5 s'],
    [3_600_000, '1 h'],
    [3_930_000, '1 h 5 min'],
  ])('%i ms is said as %s', (ms, text) => {
    expect(sayDuration(ms)).toBe(text);
  });

  test.each([
    [0, '0:00'],
    [65_000, '1:05'],
    [3_725_000, '1:02:05'],
  ])('%i ms after the start is %s', (ms, text) => {
    expect(sayMoment(ms)).toBe(text);
  });

  test.each([
    [1, 'once a second', '1 a second'],
    [2.5, '2.5 times a second', '2.5 a second'],
    [0.25, 'once every 4 s', 'one every 4 s'],
    [0.1, 'once every 10 s', 'one every 10 s'],
  ])('%j per second is %s, or %s', (rate, often, plain) => {
    expect([sayHowOften(rate), sayRate(rate)]).toEqual([often, plain]);
  });

  test('knows singular, plural and none', () => {
    expect([sayCount(1, 'user'), sayCount(0, 'user'), sayCount(1200, 'user')]).toEqual([
      '1 user',
      '0 users',
      '1,200 users',
    ]);
    expect(sayRate(0)).toBe('none');
  });

  test('says no more of an expectation than can be known', () => {
    expect([999.6, 1234.5, 45_678].map(sayAbout)).toEqual(['1,000', '1,230', '45,700']);
  });

  test('keeps control characters out of a terminal', () => {
    expect(oneLine('a\u001b[31m\nred\u0007 ')).toBe('a red');
  });

  test('breaks lines between words only', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('unbreakable word', 5)).toEqual(['unbreakable', 'word']);
    expect(wrapText('', 5)).toEqual(['']);
  });
});
