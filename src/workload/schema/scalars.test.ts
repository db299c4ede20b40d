import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { parseMs } from '../plan/milliseconds.ts';
import { count, limit, phaseDuration, rate, thinkTime } from './scalars.ts';

describe('the duration of a phase', () => {
  test.each([1, 60, '60', '30s', '5min', '1.5 minutes', '500ms', '1H', '2 Days', '.5h', '{{ $env.DURATION }}'])(
    'may be %j',
    (value) => {
      expect(phaseDuration.safeParse(value).success).toBe(true);
    },
  );

  test.each([0, -1, 1.5, '1.5', '-5s', '5 mintues', '', 'soon', null, true, ['60']])('may not be %j', (value) => {
    expect(phaseDuration.safeParse(value).success).toBe(false);
  });

  test('takes exactly the units that Artillery reads', () => {
    const units = [
      'ms',
      'msec',
      'millisecond',
      's',
      'sec',
      'seconds',
      'm',
      'min',
      'minutes',
      'h',
      'hr',
      'hours',
      'd',
      'days',
      'w',
      'week',
      'y',
      'yrs',
      'x',
      'mo',
      'se',
    ];
    fc.assert(
      fc.property(fc.nat(999), fc.constantFrom('', ' '), fc.constantFrom(...units), (amount, space, unit) => {
        const text = `${amount}${space}${unit}`;
        expect(phaseDuration.safeParse(text).success).toBe(parseMs(text) !== undefined);
      }),
    );
  });
});

test.each<readonly [string, z.ZodType, readonly unknown[], readonly unknown[]]>([
  ['thinkTime', thinkTime, [0, 0.5, '2s', '{{ pause }}'], [-1, 'a while', '1.5']],
  ['rate', rate, [0, 0.5, 10, '5', '{{ $env.RATE }}'], [-1, 'many', '1e3']],
  ['count', count, [1, '10', '{{ $env.MAX }}'], [0, 1.5, -1, 'ten']],
  ['limit', limit, [0, -1, 0.5, ' 250 ', '{{ $env.LIMIT }}'], ['250ms', null]],
])('%s takes what it should and nothing else', (_name, schema, right, wrong) => {
  expect(right.filter((value) => !schema.safeParse(value).success)).toEqual([]);
  expect(wrong.filter((value) => schema.safeParse(value).success)).toEqual([]);
});
