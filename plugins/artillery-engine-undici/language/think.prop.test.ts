import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseDuration } from './duration.ts';
import { LanguageFault } from './fault.ts';
import { ms, official } from './official.ts';
import { compileThink, type ThinkStep } from './think.ts';

const halfway = (): number => 0.25;
const vars = { pause: 3, text: '250ms', fraction: '1.5' };

/** How long Artillery's step waits, in milliseconds, by the clock of the tests. */
function official_(step: ThinkStep, defaults: object | undefined): number | string {
  let waitMs: number | string = 'never';
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((_done: unknown, delayMs: number) => {
    waitMs = Math.max(0, delayMs);
  }) as never);
  try {
    official.createThink(step, defaults)({ vars }, () => undefined);
  } catch (error) {
    return String(error);
  }
  return waitMs;
}

function ours(step: ThinkStep, defaults: { jitter?: unknown } | undefined): number | string {
  try {
    return compileThink(step, defaults)({ vars }, halfway);
  } catch (error) {
    return String(error).replace('LanguageFault', 'Error');
  }
}

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.25);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const units = fc.constantFrom(
  ...[
    'ms',
    's',
    'm',
    'h',
    'd',
    'w',
    'y',
    'sec',
    'secs',
    'second',
    'seconds',
    'min',
    'mins',
    'minute',
    'minutes',
    'hrs',
    'Hours',
  ],
  ...['day', 'days', 'weeks', 'yrs', 'year', 'msecs', 'milliseconds', 'x', 'S', ' s', '  ms', 'sx'],
);
const amounts = fc.constantFrom('0', '1', '2', '10', '0.5', '.5', '1.25', '-1', '-.5', '5.', '1e3', '', '007', '1 2');

describe('against Artillery', () => {
  test('every duration with a unit is read as the package ms reads it', () => {
    fc.assert(
      fc.property(amounts, units, (amount, unit) => {
        expect(parseDuration(amount + unit)).toBe(amount + unit === '' ? undefined : ms(amount + unit));
      }),
      { numRuns: 500 },
    );
  });

  test('every think time with a unit, in whole seconds or from a variable is waited for as long', () => {
    const thinks = fc.oneof(
      fc.tuple(amounts, units).map((parts) => parts.join('')),
      fc.integer({ min: -2, max: 90 }),
      fc.integer({ min: 0, max: 90 }).map(String),
      fc.constantFrom('{{ pause }}', '{{ pause }}s', '{{ text }}', '0.{{ pause }}s', 'soon', '', '5s5', '0x10', true),
    );
    const jitters = fc.constantFrom<unknown>(
      undefined,
      0,
      500,
      '500',
      '20%',
      '500ms',
      '1000%',
      '20%:3',
      '12.5%',
      '-10',
    );
    fc.assert(
      fc.property(thinks, jitters, jitters, (think, jitter, byDefault) => {
        const step = { think, jitter };
        expect(ours(step, { jitter: byDefault })).toBe(official_(step, { jitter: byDefault }));
      }),
      { numRuns: 800 },
    );
  });
});

describe('unlike Artillery', () => {
  test.each<[unknown, number]>([
    [0.5, 500],
    [1.5, 1_500],
    ['0.5', 500],
    ['.25', 250],
    ['{{ fraction }}', 1_500],
  ])('a fraction of a second is one: %j is %d ms', (think, waitMs) => {
    expect(ours({ think }, undefined)).toBe(waitMs);
  });

  test('nothing to wait for is no wait, and a month is a month', () => {
    expect(ours({ think: 0 }, undefined)).toBe(0);
    expect(ours({ think: '30d' }, undefined)).toBe(2_592_000_000);
  });

  test('jitter around a fraction of a second is taken of its milliseconds', () => {
    expect(ours({ think: 0.5, jitter: '20%' }, undefined)).toBe(450);
  });

  test('jitter that cannot be read is said to be wrong', () => {
    const think = compileThink({ think: 1, jitter: 'some' }, undefined);
    expect(() => think({ vars }, halfway)).toThrow(
      'Invalid think jitter: some; allowed: 20% or a number of milliseconds',
    );
  });
});

describe('a think time that cannot be read', () => {
  test.each<[unknown, string]>([
    ['soon', 'soon'],
    ['{{ missing }}', '{{ missing }}'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    ['1 fortnight', '1 fortnight'],
    ['9'.repeat(101), '9'.repeat(101)],
  ])('%j fails when the step runs, in the words of Artillery', (think, found) => {
    const compiled = compileThink({ think }, undefined);
    expect(() => compiled({ vars }, halfway)).toThrow(new LanguageFault('think-time', `Invalid think time: ${found}`));
  });
});
