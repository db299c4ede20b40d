// How fast the reference platform starts and answers: the figures of docs/platform.md.
//
//   npm run bench:platform
//   DOCUMENTS=2000 SEARCHES=40 npm run bench:platform     # a short one
//
// The platform runs in a process of its own, with a new data directory and without its cache. Only its memory is looked at with the cache: empty, full, and
// after as many searches again.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRandom } from 'proving-ground/stats/random.ts';
import { askMainThread } from './memory/ask-probe.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SEARCHES = Number(process.env.SEARCHES ?? 600);
/** Each for another page; the cache has room for fewer at 600. */
const DIFFERENT_SEARCHES = 10 * SEARCHES;
const EVENTS = Math.max(10, Math.round(SEARCHES / 10));
const data = mkdtempSync(join(tmpdir(), 'bench-platform-'));
const probes = mkdtempSync(join(tmpdir(), 'bench-platform-memory-'));
const PROBE = new URL('memory/probe.ts', import.meta.url).href;
const MIB = 1024 ** 2;
const WITHOUT_CACHE = { CACHE_SECONDS: '0' };
const random = createRandom('bench platform');
/** The one that runs now, so that a fault of the bench leaves none behind. */
let running: ChildProcess | undefined;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ms: number;
}

/** From the start of the process to the line that says it is ready. @param flags of Node. */
async function start(settings: Readonly<Record<string, string>>, flags: readonly string[] = []): Promise<Started> {
  const startedAt = performance.now();
  const env = { ...process.env, PORT: '0', PLATFORM_DATA: data, NO_COLOR: '1', ...settings };
  const child = spawn(process.execPath, [...flags, join(ROOT, 'fixtures/platform/src/main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /ready on (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url, ms: performance.now() - startedAt };
  }
  throw new Error('the platform ended before it was ready');
}

async function stop(child: ChildProcess): Promise<number> {
  const startedAt = performance.now();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  running = undefined;
  return performance.now() - startedAt;
}

function rows(file: string): string[][] {
  const text = readFileSync(join(ROOT, 'fixtures/data', file), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

/** Terms as people search for them: by weight. */
function drawTerm(terms: readonly string[][]): string {
  const total = terms.reduce((sum, [, weight]) => sum + Number(weight), 0);
  let left = random.next() * total;
  for (const [term = '', weight] of terms) {
    left -= Number(weight);
    if (left < 0) return term;
  }
  return '';
}

async function call(url: string, token: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Milliseconds of each piece of work, `atOnce` of them under way at any time. */
async function timed(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const user = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const startedAt = performance.now();
      await work(index);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, user));
  return times.toSorted((a, b) => a - b);
}

function report(what: string, times: readonly number[]): void {
  const at = (q: number): string => (times[Math.floor(q * (times.length - 1))] ?? Number.NaN).toFixed(1);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${times.length})`);
}

async function alertOf(url: string, token: string, index: number): Promise<void> {
  const event = {
    source: 'bench',
    kind: 'malware.detected',
    severity: 4,
    host: `bench-${index}-${randomUUID()}`,
    message: 'found',
    occurredAt: new Date().toISOString(),
  };
  const { batchId } = await call(`${url}/events`, token, event);
  for (;;) {
    const { items } = await call(`${url}/alerts?batch=${String(batchId)}`, token);
    if (Array.isArray(items) && items.length > 0) return;
  }
}

async function signIn(url: string): Promise<string> {
  const [username, password] = rows('users.csv')[0] ?? [];
  return String((await call(`${url}/auth/login`, '', { username, password })).accessToken);
}

/** The `index`-th of many pages that have not been asked for before: from hour to hour, in each of them the first twenty pages of a word. */
function differentSearch(index: number, terms: readonly string[][]): string {
  const [page, hour] = [1 + (index % 20), Math.floor(index / 20)];
  const from = new Date(Date.UTC(2026, 4, 1, hour % 1_000)).toISOString();
  const [term = ''] = terms[Math.floor(hour / 1_000)] ?? [];
  return `/search?q=${encodeURIComponent(term)}&page=${page}&from=${from}`;
}

/** With the cache, and with answers that nobody asks for again. */
async function reportMemory(terms: readonly string[][]): Promise<void> {
  const { child, url } = await start({ CACHE_SECONDS: '10', MEMORY_PROBE: probes }, [`--import=${PROBE}`]);
  const token = await signIn(url);
  for (const look of [0, 1, 2]) {
    if (look > 0) {
      await timed(DIFFERENT_SEARCHES, 4, async (index) => {
        await call(`${url}${differentSearch((look - 1) * DIFFERENT_SEARCHES + index, terms)}`, token);
      });
    }
    const { heapBytes, residentBytes, residentBeforeBytes } = await askMainThread(probes, look + 1);
    const [heap, before, after] = [heapBytes, residentBeforeBytes, residentBytes].map((each) => Math.round(each / MIB));
    const searches = look * DIFFERENT_SEARCHES;
    console.log(
      `memory after ${searches} different searches: ${heap} MiB held; process ${before} MiB, ${after} MiB once its garbage is collected`,
    );
  }
  await stop(child);
}

try {
  const first = await start(WITHOUT_CACHE);
  console.log(`first start: ${(first.ms / 1000).toFixed(1)} s`);
  await stop(first.child);
  const { child, url, ms } = await start(WITHOUT_CACHE);
  console.log(`later start: ${(ms / 1000).toFixed(1)} s`);
  const token = await signIn(url);
  const terms = rows('search-terms.csv');
  for (const atOnce of [1, 20, 50]) {
    const search = async (): Promise<void> => {
      await call(`${url}/search?q=${encodeURIComponent(drawTerm(terms))}`, token);
    };
    report(`search, uncached, ${atOnce} at a time`, await timed(SEARCHES, atOnce, search));
  }
  report('event to visible alert, one at a time', await timed(EVENTS, 1, (index) => alertOf(url, token, index)));
  console.log(`stop: ${((await stop(child)) / 1000).toFixed(1)} s`);
  await reportMemory(terms);
} finally {
  running?.kill('SIGTERM');
  for (const folder of [data, probes]) rmSync(folder, { recursive: true, force: true });
}
