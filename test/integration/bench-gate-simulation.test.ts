import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/gate-simulation.ts', import.meta.url));

interface Cell {
  readonly scenario: { readonly injection: { readonly name: string }; readonly hasCulprit: boolean };
  readonly gates: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly culprit: { readonly right: number };
  readonly coverage: { readonly fixed: { readonly cases: number; readonly covered: number } };
}

test('the gate stops what is slower, lets pass what is not, and holds the truth, by the short simulation', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short', '--json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const cells = JSON.parse(stdout) as Cell[];
  expect(cells).toHaveLength(16);
  const sumOf = (pattern: RegExp, read: (cell: Cell) => number): number =>
    cells.filter(({ scenario }) => pattern.test(scenario.injection.name)).reduce((sum, cell) => sum + read(cell), 0);
  const regressed = ({ answers }: Cell): number => answers.regressed ?? 0;
  // Ten gates on each of two machines; everything is seeded, so that this is the same each time.
  expect(sumOf(/A\/A/, regressed)).toBeLessThanOrEqual(2);
  expect(sumOf(/^\+50|^\+20|^\+10/, regressed)).toBe(60);
  expect(sumOf(/errors/, regressed)).toBe(20);
  expect(sumOf(/^\+/, ({ culprit }) => culprit.right)).toBeGreaterThanOrEqual(76);
  const known = /A\/A|margin/;
  const covered = sumOf(known, ({ coverage }) => coverage.fixed.covered);
  expect(covered / sumOf(known, ({ coverage }) => coverage.fixed.cases)).toBeGreaterThan(0.9);
});
