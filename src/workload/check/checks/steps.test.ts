import { describe, expect, test } from 'vitest';
import { checkText, shortForm, testWith } from '../testing/check-text.ts';

function found(flow: string, head = ''): string[] {
  return shortForm(checkText(testWith({ flow, head, config: 'variables:\n  n: 1' })));
}

describe('a loop', () => {
  test.each([
    ['count: 1', []],
    ['count: 0', ['loop-of-zero@12']],
    ['count: "0"', ['impossible-value@12']],
    ['count: -1', ['loop-without-end@12']],
    ['count: 1-5', []],
    ['count: 5-1', ['impossible-value@12']],
    ['count: 5-5', ['impossible-value@12']],
    ['count: "{{ n }}"', []],
    ['count: many', ['impossible-value@12']],
    ['over: [1, 2]', []],
    ['whileTrue: f', ['unknown-function@12']],
    ['loopValue: i', ['loop-without-end@10']],
  ])('%j', (options, expected) => {
    expect(
      found(`- loop:\n    - get:\n        url: /\n  ${options}`.replace('- get:\n        url: /', '- think: 1')),
    ).toEqual(expected);
  });
});

describe('a pause', () => {
  test.each([
    ['0', []],
    ['1', []],
    ['0.5', ['fractional-think@10 → 500ms']],
    ['1.25', ['fractional-think@10 → 1250ms']],
    ['500ms', []],
    ['"2"', []],
    ['3600', []],
    ['3601', ['long-duration@10']],
    ['5000000', ['timer-overflow@10']],
    ['-1', ['impossible-value@10']],
    ['"{{ n }}"', []],
  ])('of %s', (think, expected) => {
    expect(found(`- think: ${think}`)).toEqual(expected);
  });
});

describe("what Artillery's own validation refuses", () => {
  test('is a second key of a step, but not in a loop', () => {
    expect(found('- think: 1\n  jitter: 10%')).toEqual(['refused-by-artillery@11']);
    expect(found('- loop:\n    - think: 1\n      jitter: 10%\n  count: 1')).toEqual([]);
    expect(found('- parallel:\n    - think: 1\n  limit: 1')).toEqual(['refused-by-artillery@12']);
  });

  test('is anything but texts in a list to emit', () => {
    expect(found('- emit: [a, b]', 'engine: socketio')).toEqual([]);
    expect(found('- emit: [a, 1]', 'engine: socketio')).toEqual(['refused-by-artillery@11']);
  });
});

test.each(['ws', 'socketio'])('the engine %s calls no hooks of scenarios', (engine) => {
  const step = engine === 'ws' ? '- send: a' : '- emit: [a]';
  expect(found(step, `engine: ${engine}\nafterScenario: f\nonError: g`)).toEqual([
    'ignored-hook@10',
    'ignored-hook@11',
  ]);
});

test('a connect step counts only at the beginning of a flow', () => {
  expect(found('- connect: ws://a\n- send: a', 'engine: ws')).toEqual([]);
  expect(found('- loop:\n    - connect: ws://a\n  count: 1', 'engine: ws')).toEqual(['connect-not-first@12']);
});
