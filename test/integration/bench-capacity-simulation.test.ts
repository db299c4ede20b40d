import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/capacity-simulation.ts', import.meta.url));

interface Cell {
  readonly procedure: string;
  readonly searches: number;
  readonly within5: number;
  readonly intervals: number;
  readonly covered: number;
  readonly mostTrials: number;
}

test('the search comes near the truth and its interval holds it, by the short simulation', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short', '--json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const cells = JSON.parse(stdout) as Cell[];
  expect(cells).toHaveLength(36);
  const sumOf = (procedure: string, read: (cell: Cell) => number): number =>
    cells.filter((cell) => cell.procedure.startsWith(procedure)).reduce((sum, cell) => sum + read(cell), 0);
  // Everything is seeded, so that this is the same each time.
  expect(sumOf('this search', ({ searches }) => searches)).toBe(24);
  expect(sumOf('this search', ({ within5 }) => within5)).toBeGreaterThanOrEqual(22);
  expect(sumOf('this search', ({ intervals }) => intervals)).toBeGreaterThanOrEqual(22);
  expect(sumOf('this search', ({ covered }) => covered)).toBeGreaterThanOrEqual(21);
  expect(
    Math.max(...cells.filter(({ intervals }) => intervals > 0).map(({ mostTrials }) => mostTrials)),
  ).toBeLessThanOrEqual(30);
  expect(sumOf('ramp', ({ within5 }) => within5)).toBeLessThan(12);
});
