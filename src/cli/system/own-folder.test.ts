import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOwnFolder, removeLeftFolders } from './own-folder.ts';

let temporary: string;
let deadPid: number;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'own-folder-'));
  deadPid = spawnSync('true').pid;
});
afterEach(() => rmSync(temporary, { recursive: true }));

/** A folder as another process has made it. */
function madeBy(change: object): string {
  const folder = createOwnFolder('gate', temporary);
  mkdirSync(join(folder, 'checkout'));
  const file = join(folder, '.owner.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...change }));
  return folder;
}

test('a folder whose process has ended is taken away, with what is in it', () => {
  madeBy({ pid: deadPid });
  expect(removeLeftFolders(temporary)).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
});

test.each<[string, () => object]>([
  ['that lives', () => ({})],
  ['on another machine', () => ({ pid: deadPid, host: 'elsewhere' })],
  ['in another container', () => ({ pid: deadPid, namespace: 'pid:[1]' })],
  ['that nobody knows', () => ({ pid: 'unknown' })],
])('the folder of a process %s stays', (_what, change) => {
  madeBy(change());
  expect(removeLeftFolders(temporary)).toBe(0);
  expect(readdirSync(temporary)).toHaveLength(1);
});

test('what only has such a name stays', () => {
  mkdirSync(join(temporary, 'gate-abcdef'));
  writeFileSync(join(temporary, 'capacity-abcdef'), '');
  symlinkSync(madeBy({ pid: deadPid }), join(temporary, 'gate-data-abcdef'));
  mkdirSync(join(temporary, 'gate-of-castle'));
  expect(removeLeftFolders(temporary)).toBe(1);
  expect(readdirSync(temporary).toSorted()).toEqual([
    'capacity-abcdef',
    'gate-abcdef',
    'gate-data-abcdef',
    'gate-of-castle',
  ]);
});
