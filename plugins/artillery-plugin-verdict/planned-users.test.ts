import { describe, expect, test } from '@jest/globals';
import { plannedUsersOf } from './planned-users.ts';

describe('plannedUsersOf', () => {
  const planned = plannedUsersOf([
    { duration: 10, arrivalRate: 2 },
    { pause: 5 },
    { duration: '1 min', arrivalRate: 0, rampTo: 6 },
    { duration: 10, arrivalCount: 30 },
  ]);

  test('adds up what each phase starts', () => {
    expect(planned.between(0, 10_000)).toBe(20);
    expect(planned.between(10_000, 15_000)).toBe(0);
    expect(planned.between(15_000, 75_000)).toBe(180);
    expect(planned.between(75_000, 85_000)).toBe(30);
    expect(planned.between(0, 500_000)).toBe(230);
    expect([0, 1, 2, 3, 4].map(planned.inPhase)).toEqual([20, 0, 180, 30, 0]);
  });

  test('follows a ramp inside a phase', () => {
    expect(planned.between(15_000, 45_000)).toBe(45);
    expect(planned.between(45_000, 75_000)).toBe(135);
  });

  test('plans nothing for what is no list of phases', () => {
    expect(plannedUsersOf(undefined).between(0, 1000)).toBe(0);
  });
});
