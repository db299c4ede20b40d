import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/report.ts', import.meta.url));

test('the short bench of the report stays within its budget', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const figures = stdout.trim().split('\n');
  expect(figures.map((line) => line.replace(/:.*/, ''))).toEqual([
    'requests',
    'size',
    'built in',
    'memory',
    'first paint',
  ]);
  expect(stdout).not.toMatch(/NaN|EXCEEDED/);
});
