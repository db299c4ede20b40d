import { createRandom } from 'proving-ground/stats/random.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VUContext } from '../artillery-types.ts';
import { arrive } from '../testing/hook-bench.ts';
import { drawThinkMs, glanceLikeAPerson, parseThinkScale, thinkLikeAPerson } from './think-time.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  delete process.env.THINK_SCALE;
});

/** How long one pause of the next user takes, on a clock that only the test moves. */
async function pauseOf(hook: (context: VUContext) => Promise<void>, vars: Record<string, unknown>): Promise<number> {
  const startedAt = Date.now();
  const over = hook(arrive('Thinks', vars)).then(() => Date.now() - startedAt);
  await vi.runAllTimersAsync();
  return over;
}

describe('thinkLikeAPerson', () => {
  test('waits for the median every time when the spread is 1', async () => {
    expect(await pauseOf(thinkLikeAPerson, { thinkMedianSeconds: 2, thinkSpread: 1 })).toBe(2_000);
  });

  test('reads the variables as text as well, as --variables gives them', async () => {
    expect(await pauseOf(thinkLikeAPerson, { thinkMedianSeconds: '0.5', thinkSpread: '1' })).toBe(500);
  });

  test('needs less time for a glance', async () => {
    expect(await pauseOf(glanceLikeAPerson, { thinkMedianSeconds: 2, thinkSpread: 1 })).toBe(600);
  });

  test.each([
    ['0', 0],
    ['0.5', 1_000],
    ['3', 6_000],
  ])('takes THINK_SCALE=%s into account', async (scale, expectedMs) => {
    process.env.THINK_SCALE = scale;
    expect(await pauseOf(thinkLikeAPerson, { thinkMedianSeconds: 2, thinkSpread: 1 })).toBe(expectedMs);
  });

  test.each([
    [{ thinkMedianSeconds: 'long' }, 'the variable thinkMedianSeconds is "long"; allowed is a number, 0 or more'],
    [{ thinkMedianSeconds: -1 }, 'the variable thinkMedianSeconds is -1; allowed is a number, 0 or more'],
    [{ thinkSpread: 0.9 }, 'the variable thinkSpread is 0.9; allowed is a number, 1 or more'],
  ])('refuses %j and says what is allowed', async (vars, message) => {
    await expect(thinkLikeAPerson(arrive('Thinks', vars))).rejects.toThrow(message);
  });
});

describe('drawThinkMs', () => {
  test('has the median that was asked for, and never more than ten medians', () => {
    const random = createRandom('thinks');
    const draws = Array.from({ length: 9_999 }, () => drawThinkMs(random, { medianMs: 2_000, spread: 4 }));
    const sorted = draws.sort((one, other) => one - other);
    expect(Math.abs((sorted[4_999] ?? 0) / 2_000 - 1)).toBeLessThan(0.1);
    expect(sorted.at(-1)).toBe(20_000);
  });
});

describe('parseThinkScale', () => {
  test.each([undefined, ''])('is 1 for %o', (text) => {
    expect(parseThinkScale(text)).toBe(1);
  });

  test.each(['-1', 'fast', 'NaN', 'Infinity'])('refuses %s', (text) => {
    expect(() => parseThinkScale(text)).toThrow(`THINK_SCALE is "${text}"; allowed is a number from 0 upwards`);
  });
});
