import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/platform.ts', import.meta.url));

test('the short bench of the platform runs to its end and prints every figure', () => {
  const env = { ...process.env, DOCUMENTS: '2000', SEARCHES: '20' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH], { encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const figures = stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/:.*/, ''));
  expect(figures).toEqual([
    'first start',
    'later start',
    'search, uncached, 1 at a time',
    'search, uncached, 20 at a time',
    'search, uncached, 50 at a time',
    'event to visible alert, one at a time',
    'stop',
    'memory after 0 different searches',
    'memory after 200 different searches',
    'memory after 400 different searches',
  ]);
  expect(stdout).not.toMatch(/NaN|\(0\)/);
  const held = [...stdout.matchAll(/(\d+) MiB held/g)].map(([, mib]) => Number(mib));
  // 200 answers of a few KiB are kept each time. An answer that held 50 KiB for ever would be seen.
  expect(held[2]).toBeLessThan((held[1] ?? 0) + 8);
});
