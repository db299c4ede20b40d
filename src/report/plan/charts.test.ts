import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockChart } from './block-chart.ts';
import { phaseAxis } from './phase-axis.ts';
import { resample, roundUp } from './resample.ts';
import { timeTicks } from './time-ticks.ts';

describe('resample', () => {
  test('keeps the mean, whatever the number of columns', () => {
    const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 50 });
    const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 80 }), (list, columns) => {
        const resampled = resample(list, columns);
        expect(resampled).toHaveLength(columns);
        expect(mean(resampled)).toBeCloseTo(mean(list), 6);
      }),
    );
  });
});

test.each([
  [0, 1],
  [0.7, 0.8],
  [1, 1],
  [1.01, 2],
  [7, 8],
  [26, 30],
  [812, 1000],
])('an axis up to %j ends at %j', (value, end) => {
  expect(roundUp(value)).toBe(end);
});

test('time is marked at round moments, few enough to read', () => {
  expect(timeTicks(20_000, 9)).toEqual([0, 5000, 10_000, 15_000, 20_000]);
  expect(timeTicks(197_000, 9).map((tick) => tick / 1000)).toEqual([0, 30, 60, 90, 120, 150, 180]);
  for (const hours of [1, 24, 24 * 7, 24 * 365]) expect(timeTicks(hours * 3_600_000, 9).length).toBeLessThanOrEqual(9);
});

describe('blockChart', () => {
  const draw = (values: readonly number[], boundaries: readonly number[] = []): string[] =>
    blockChart({ values, columns: 8, rows: 2, boundaries, paint: (cell) => cell });

  test('draws bars in eighths, with the end of the scale at the top', () => {
    expect(draw([0, 1, 2, 4, 5, 6, 7, 8])).toEqual(['    8 │    ▂▄▆█', '      │ ▂▄█████']);
  });

  test('shows that little is not nothing, and phases where there is room', () => {
    expect(draw([1000, 0.1, 0, 0, 0, 0, 0, 0], [4])).toEqual(['1,000 │█   ┊', '      │█▁  ┊']);
  });
});

describe('phaseAxis', () => {
  const stretch = (label: string, startMs: number, endMs: number) => ({ label, startMs, endMs });

  test('names phases below their beginning, shortened to their width', () => {
    const stretches = [
      stretch('1 Warm-up', 0, 20_000),
      stretch('2 Peak', 20_000, 50_000),
      stretch('last users', 50_000, 60_000),
    ];
    expect(phaseAxis(stretches, 36)).toEqual([
      '    0 └────────────┴─────────────────┴─────',
      '       1 Warm-up   2 Peak            last…',
      '       0:00        0:20              0:50',
    ]);
  });

  test('numbers phases that are too short for a name, and leaves out what has no room at all', () => {
    const stretches = [0, 1, 2, 3].map((index) => stretch(`${index + 1} Step`, index * 1000, index * 1000 + 1000));
    const [, names, times] = phaseAxis(stretches, 12);
    expect(names).toBe('       1  2  3  4');
    expect(times).toBe('       0:00  0:02');
  });
});
