import { makePlan } from 'proving-ground/workload/plan/index.ts';
import { expect, test } from 'vitest';
import { plannedUsersOf } from './planned-users.ts';

const PHASES = [
  { duration: 10, arrivalRate: 2 },
  { pause: 5 },
  { duration: '1 min', arrivalRate: 0, rampTo: 6 },
  { duration: 10, arrivalCount: 30 },
];

function planned(phases: readonly unknown[]) {
  const config = { target: 'http://127.0.0.1:1', phases };
  const test = {
    file: 'a.yml',
    config,
    scenarios: [{ flow: [{ get: { url: '/' } }] }],
    keptPhases: 0,
    locate: () => undefined,
  };
  return plannedUsersOf(makePlan(test, { workers: 1 }));
}

test('adds up what each phase starts', () => {
  const users = planned(PHASES);
  expect([0, 1, 2, 3, 4].map(users.inPhase)).toEqual([20, 0, 180, 30, 0]);
  expect(users.between(0, 10_000)).toBe(20);
  expect(users.between(10_000, 15_000)).toBe(0);
  expect(users.between(15_000, 75_000)).toBe(180);
  expect(users.between(75_000, 85_000)).toBe(30);
  expect(users.between(0, 500_000)).toBe(230);
});

test('follows a ramp inside a phase', () => {
  expect(planned(PHASES).between(15_000, 45_000)).toBe(45);
  expect(planned(PHASES).between(45_000, 75_000)).toBe(135);
});
