import { expect, test } from 'vitest';
import { longestInTurns, turnsIn, turnVariables } from './turn-plan.ts';

const PLAN = { turnMs: 2_000, restMs: 300, isSecond: true };

test('a process is told of its turns by a variable, and has all the time for itself without it', () => {
  expect(turnsIn(turnVariables(PLAN))).toEqual(PLAN);
  expect(turnVariables(undefined)).toEqual({});
  expect(turnsIn({})).toBeUndefined();
});

test.each(['', 'soon', '0 300 second', '2000 300 third', '2.0.0 300 first'])('%s is no plan of turns', (text) => {
  const [name = ''] = Object.keys(turnVariables(PLAN));
  expect(() => turnsIn({ [name]: text })).toThrow();
});

test('what needs parts of turns takes as long as if it began at the end of one', () => {
  expect(longestInTurns(10_000, PLAN)).toBe(6 * 4_600);
  expect(longestInTurns(1, PLAN)).toBe(2 * 4_600);
});
