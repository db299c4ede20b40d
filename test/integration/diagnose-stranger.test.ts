import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../src/cli/system/free-port.ts';
import type { Diagnosis } from '../../src/diagnose/index.ts';
import { runArtillery } from '../e2e/run-artillery.ts';

// A service that is not ours, with two mistakes that people make; one run of it, looked at with and without its database.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STRANGER = join(ROOT, 'fixtures/stranger');
const MAIN = join(ROOT, 'src/cli/main.ts');

let scratch: string;
let run: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'stranger-'));
  const database = await start(join(ROOT, 'scripts/trial-postgres.ts'), {});
  const port = String(await freePort());
  await start(join(STRANGER, 'service.ts'), { DATABASE_URL: database, PORT: port, MISTAKES: 'index,loop' });
  // Another port, and patience with a machine that does other work: else it is the test of the page.
  const text = readFileSync(join(STRANGER, 'shop.yml'), 'utf8')
    .replaceAll('3000', port)
    .replace(/maxSendLag: \d+/, 'maxSendLag: 2000');
  writeFileSync(join(scratch, 'shop.yml'), text);
  const { exitCode, stdout, stderr } = await runArtillery(['shop.yml'], {
    cwd: scratch,
    env: { SHOP_DATABASE_URL: database },
  });
  // What the owner of the shop calls too slow was broken.
  expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 1 });
  run = realpathSync(join(scratch, 'reports/latest'));
}, 100_000);

afterAll(async () => {
  for (const child of started.toReversed()) await stop(child);
  rmSync(scratch, { recursive: true, force: true });
});

/** Starts a program of Node. @returns the last word of its first line, once it has printed one. */
async function start(program: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<[string]>,
    once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with ${code} before it was ready`);
    }),
  ]);
  return line.split(' ').at(-1) ?? '';
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function command(name: 'diagnose' | 'advise', folder: string, ...words: string[]): string {
  return spawnSync(process.execPath, [MAIN, name, folder, ...words], { cwd: scratch, encoding: 'utf8' }).stdout;
}

test('with its database watched, a missing index and a loop of queries are named, and nothing else', () => {
  const diagnosis = JSON.parse(command('diagnose', run, '--format', 'json')) as Diagnosis;
  if (diagnosis.answer !== 'bottleneck') throw new Error(JSON.stringify(diagnosis));
  const found = diagnosis.findings.map(({ cause, culprit }) => ({ cause, culprit }));
  expect(found.toSorted((a, b) => a.cause.localeCompare(b.cause))).toEqual([
    { cause: 'missing index', culprit: 'Orders of a customer' },
    { cause: 'n+1 queries', culprit: 'Latest orders' },
  ]);
  expect(command('advise', run)).toContain('CREATE INDEX CONCURRENTLY ON orders (customer_id');
});

test('with its requests alone it is said that it is slow and where, and no cause is named', () => {
  const bare = join(scratch, 'samples-only');
  cpSync(run, bare, { recursive: true });
  rmSync(join(bare, 'system.json'));
  const diagnosis = JSON.parse(command('diagnose', bare, '--format', 'json')) as Diagnosis;
  expect(diagnosis).toMatchObject({
    answer: 'not determined',
    reason: 'The run is slow, and only the requests themselves were measured',
  });
  expect(JSON.stringify(diagnosis)).toContain(
    'a rule of the test is broken: p95 of \\"Orders of a customer\\" < 20 ms',
  );
  expect(diagnosis).not.toHaveProperty('findings');
});
