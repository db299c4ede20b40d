import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/memory.ts', import.meta.url));
const MIB = 1024 ** 2;
const KIB = 1024;

interface Result {
  readonly what: string;
  readonly engine: string;
  readonly workerBytes: number;
  readonly perUserBytes?: number;
}

test('requests leave nothing behind in the worker, and a user who waits costs little, by the short bench', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short', '--json'], { encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const [stay, pass, wait] = JSON.parse(stdout) as Result[];
  // A tenth of a million: what a request leaves behind would show as 50 MiB at 500 bytes each.
  expect(stay?.workerBytes).toBeLessThan(25 * MIB);
  expect(pass?.workerBytes).toBeLessThan(25 * MIB);
  expect(wait?.perUserBytes).toBeGreaterThan(0);
  expect(wait?.perUserBytes).toBeLessThan(20 * KIB);
});
