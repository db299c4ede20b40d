import { describe, expect, test } from 'vitest';
import { seedNotice, seedOfRun } from './run-seed.ts';

describe('seedOfRun', () => {
  test('is what was chosen, whatever text that is', () => {
    expect(seedOfRun('042', 'run-1')).toBe('042');
  });

  test.each([undefined, ''])('is made from the run when %o was chosen: the same in all its workers', (chosen) => {
    expect(seedOfRun(chosen, 'run-1')).toBe(seedOfRun(chosen, 'run-1'));
    expect(seedOfRun(chosen, 'run-1')).not.toBe(seedOfRun(chosen, 'run-2'));
  });
});

describe('seedNotice', () => {
  test('says how to repeat a seed that nobody chose, and nothing about one that somebody did', () => {
    expect(seedNotice(undefined, 'a1b2')).toBe('Seed a1b2 (the same data again: SEED=a1b2 in front of the command)');
    expect(seedNotice('7', '7')).toBeUndefined();
  });
});
