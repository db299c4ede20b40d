import { expect, test } from 'vitest';
import { warmUp } from './warm-up.ts';

test('every user comes through: what is warmed up is what a test runs', async () => {
  expect(await warmUp({ users: 25, mostMs: 60_000 })).toBe(25);
});

test('it begins nobody after its time is up', async () => {
  expect(await warmUp({ users: 25, mostMs: 0 })).toBe(0);
});
