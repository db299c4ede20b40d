import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMs, phaseSeconds, thinkMs } from './milliseconds.ts';

// The references: the package by which Artillery reads times, and its own think step.
const require = createRequire(import.meta.url);
const artillery = dirname(require.resolve('artillery/package.json'));
const ms = createRequire(join(artillery, 'package.json'))('ms') as (text: string) => number | undefined;
const { createThink } = (await import(pathToFileURL(join(artillery, 'dist/lib/commons/engine_util.js')).href)) as {
  createThink: (step: { think: unknown }) => (context: object, done: () => void) => void;
};

const UNITS = ['', 'ms', 's', ' sec', 'seconds', ' MINUTES', 'min', 'm', 'h', ' hrs', 'd', 'weeks', 'y', ' years', 'x'];
const words = fc
  .tuple(fc.oneof(fc.nat(999), fc.constantFrom('1.5', '.5', '-3', '', '1.', '1,5')), fc.constantFrom(...UNITS))
  .map(([number, unit]) => `${number}${unit}`);

describe('parseMs', () => {
  test('reads every text as the package ms does', () => {
    fc.assert(
      fc.property(
        words.filter((text) => text !== ''),
        (text) => {
          expect(parseMs(text)).toEqual(ms(text));
        },
      ),
    );
  });
});

describe('phaseSeconds', () => {
  test.each([
    [60, 60],
    ['60', 60],
    ['2 min', 120],
    ['1500ms', 1.5],
  ])('%j is %j s', (value, seconds) => {
    expect(phaseSeconds(value)).toBe(seconds);
  });

  test.each([0, '0', 1.5, 'soon', '-5 s', -1, true, undefined, null])('%j is refused', (value) => {
    expect(phaseSeconds(value)).toBeUndefined();
  });
});

/** The delay of the timer that Artillery sets, as `setTimeout` takes it; undefined when it throws. */
function artilleryThinkMs(think: unknown): number | undefined {
  const { setTimeout: real } = globalThis;
  let delay: unknown;
  const setTimeout = (_: () => void, given: unknown): void => {
    delay = given;
  };
  Object.assign(globalThis, { setTimeout });
  try {
    createThink({ think })({ vars: {} }, () => undefined);
  } catch {
    return undefined;
  } finally {
    Object.assign(globalThis, { setTimeout: real });
  }
  return Number(delay) >= 1 ? Number(delay) : 1;
}

describe('thinkMs', () => {
  test.each([1, 0, 30, -2, 0.5, 2.5, '3', '500ms', '1.5s', '2 min', '0.5', 'a while', ' 3', '1s '])(
    '%j waits as long as in Artillery',
    (think) => {
      expect(thinkMs(think)).toBe(artilleryThinkMs(think));
    },
  );

  test('takes a fraction without a unit as a millisecond, and with one as what it says', () => {
    expect([thinkMs(0.5), thinkMs('0.5s')]).toEqual([1, 500]);
  });
});
