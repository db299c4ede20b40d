import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cell, INJECTIONS } from '../../bench/gate/cells.ts';
import type { JudgedCell } from '../../bench/gate/judge-cell.ts';
import { openPairStore } from '../../bench/gate/pair-store.ts';
import { pairsInTime } from '../../bench/gate/pairs-in-time.ts';
import { sidesOf } from '../../bench/gate/study-pair.ts';
import { MACHINES } from '../../bench/gate-simulation/noise.ts';
import { simulatePairs } from '../../bench/gate-simulation/system.ts';

const BENCH = fileURLToPath(new URL('../../bench/gate.ts', import.meta.url));

let cache: string;

beforeEach(() => {
  // Not below a folder that only its owner may enter: PostgreSQL runs as somebody else.
  cache = mkdtempSync(join(tmpdir(), 'bench-gate-'));
  spawnSync('chmod', ['755', cache]);
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

function bench(...words: string[]): { readonly cells: JudgedCell[]; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--json', '--cache', cache, ...words], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return { cells: JSON.parse(stdout) as JudgedCell[], stderr };
}

test('the short study measures a pair of the real platform, keeps it, and does not measure it again', () => {
  const { cells } = bench('--short', '--gates', '2');
  expect(cells.map(({ cell, pairs, gates }) => [cell.injection.id, pairs, gates])).toEqual([['work-50', 1, 2]]);
  const [stored] = openPairStore(cache).read(cellOf('work-50'));
  if (stored === undefined) throw new Error('nothing was stored');
  const { baseline, candidate } = stored.pair;
  expect(candidate.seed).toBe(baseline.seed);
  expect(candidate.place).not.toBe(baseline.place);
  for (const side of ['baseline', 'candidate'] as const) {
    const signIn = stored.pair[side].figures.find(({ target }) => target.name === 'Sign in');
    expect(signIn?.requests).toBeGreaterThan(0);
    expect(stored.times[side].get('Sign in')).toHaveLength(signIn?.response?.count ?? -1);
  }
  expect(readdirSync(join(cache, 'quiet/work-50'))).toEqual(['pair-0000.json']);
  const again = bench('--short', '--gates', '2');
  expect(again.stderr).not.toContain('pair 1');
  expect(again.cells).toEqual(cells);
}, 240_000);

test('stored pairs are judged by the gate and by other rules: what is slower is stopped, what is not passes', () => {
  storeSimulated('none', {}, 30);
  storeSimulated('work-20', { work: 1.2 }, 24);
  const { cells } = bench('--minutes', '0', '--gates', '20', '--machine', 'quiet');
  const [none, slower] = cells;
  expect(cells).toHaveLength(2);
  expect([none?.answers.regressed, none?.patient.regressed]).toEqual([0, 0]);
  expect(none?.coverage.cases).toBe(20 * 6);
  expect((none?.coverage.covered ?? 0) / (none?.coverage.cases ?? 1)).toBeGreaterThan(0.8);
  expect([slower?.answers.regressed, slower?.patient.regressed]).toEqual([20, 20]);
  expect(slower?.blame.right).toBe(20);
  expect(slower?.alone).toEqual({ p50: 20, p95: 20 });
  expect(slower?.others).toHaveLength(7);
  expect(slower?.effects.find(({ metric }) => metric === 'p50')?.change).toBeGreaterThan(0.1);
  expect(existsSync(join(cache, 'data'))).toBe(false);
});

test('a gate has time for as many pairs as ten minutes hold, whatever lies between two parts of a study', () => {
  const at = [0, 40, 80, 120, 7_200, 7_240].map((sec) => new Date(sec * 1_000).toISOString());
  expect(pairsInTime(at)).toBe(15);
  expect(pairsInTime(at.slice(0, 1))).toBe(Infinity);
});

function cellOf(id: string): Cell {
  const injection = INJECTIONS.find((each) => each.id === id);
  if (injection === undefined) throw new Error(`no injection ${id}`);
  return { machine: 'quiet', injection };
}

function storeSimulated(id: string, change: { readonly work?: number }, count: number): void {
  const [machine] = MACHINES;
  if (machine === undefined) throw new Error('no machine');
  const pairs = simulatePairs(`stored ${id}`, machine, { name: id, ...change });
  const store = openPairStore(cache);
  for (let index = 0; index < count; index += 1) {
    const next = pairs.next();
    if (next.done !== true)
      store.write(cellOf(id), index, { ...next.value, measuredAt: '2026-01-01T00:00:00.000Z', machine: 'made up' });
  }
}

test('the sides of the study change databases after every two pairs, and only the candidate has the switches', () => {
  const system = { platform: 'platform.ts', data: 'data', env: { DOCUMENTS: '1000' } };
  const databases = Array.from({ length: 8 }, (_, index) => {
    const { baseline, candidate } = sidesOf(system, cellOf('work-50').injection, index);
    expect(baseline.subject.spec).not.toMatch('WORK_FACTOR');
    expect(candidate.subject.spec).toMatch("WORK_FACTOR='Search=1.5'");
    return [baseline, candidate].map(({ subject }) => /PLATFORM_DATA='data\/(\w+)'/.exec(subject.spec)?.[1]).join();
  });
  const [first, second] = ['filled,copied', 'copied,filled'];
  expect(databases).toEqual([first, first, second, second, first, first, second, second]);
});
