// What a sample costs: bytes in the file while a run goes on and after it, and memory and time of the main process.
// docs/samples.md shows the figures.
//
//   node --expose-gc bench/samples.ts
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  compactSamples,
  createSampleWriter,
  NONE,
  readSamples,
  SampleBuffer,
  SUMMARY_COLUMNS,
  samplesRecordOf,
} from '../src/record/samples/index.ts';
import { createRandom } from '../src/stats/random.ts';

interface Shape {
  readonly requestsPerSec: number;
  readonly seconds: number;
}

const SHAPES: readonly Shape[] = [
  { requestsPerSec: 10, seconds: 600 },
  { requestsPerSec: 100, seconds: 300 },
  { requestsPerSec: 150, seconds: 200 },
  { requestsPerSec: 1_000, seconds: 60 },
  { requestsPerSec: 10_000, seconds: 100 },
];

/** Endpoints with the size of their answers: the smallest, and by how much they vary. */
const ENDPOINTS = [
  ['Sign in', 350, 8],
  ['Search', 2_400, 2_000],
  ['GET /documents/{{ id }}', 900, 600],
  ['List alerts', 5_200, 900],
  ['Acknowledge', 210, 4],
] as const;

const WORKERS = 2;
const START = Date.parse('2026-01-01T00:00:00Z');
const random = createRandom('bench of samples');

/** Log-normal around a median, as service times often are. */
function duration(medianUs: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return medianUs * Math.exp(0.6 * normal);
}

/** One request of a plausible service: a fifth opens a connection, one in a hundred is not found, one in a thousand times out. */
function addRequest(buffer: SampleBuffer, dueMs: number): void {
  const [name, bytes, spread] = ENDPOINTS[random.integer(0, ENDPOINTS.length - 1)] ?? ENDPOINTS[0];
  const isFresh = random.next() < 0.2;
  const timedOut = random.next() < 0.001;
  const queued = 20 + random.next() * 60;
  const connect = isFresh ? 80 + random.next() * 200 : 0;
  const sent = queued + connect + 10 + random.next() * 10;
  const firstByte = sent + duration(3_000);
  const status = random.next() < 0.01 ? 404 : 200;
  buffer.add(
    dueMs,
    queued,
    isFresh ? connect : NONE,
    NONE,
    sent,
    timedOut ? NONE : firstByte,
    timedOut ? 10_000_000 : firstByte + 30 + random.next() * 60,
    timedOut ? 0 : status,
    timedOut ? buffer.nameId('error', 'ETIMEDOUT') : -1,
    180 + random.integer(0, 60),
    bytes + random.integer(0, spread),
    isFresh ? 0 : 1,
    buffer.nameId('phase', 'Incident burst'),
    buffer.nameId('journey', name === 'Search' ? 'Search for indicators' : 'Sign in and triage alerts'),
    buffer.nameId('endpoint', name),
  );
}

async function memoryMb(): Promise<number> {
  // Memory of arrays is given back a moment after they are gone.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await setTimeout(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

async function measure({ requestsPerSec, seconds }: Shape, path: string): Promise<string[]> {
  const writer = createSampleWriter(path);
  const buffers = Array.from({ length: WORKERS }, (_, index) => new SampleBuffer(index + 1));
  const memoryBefore = await memoryMb();
  let writingMs = 0;
  for (let second = 0; second < seconds; second += 1) {
    for (const buffer of buffers) {
      const count = requestsPerSec / WORKERS;
      for (let index = 0; index < count; index += 1) {
        addRequest(buffer, START + second * 1000 + ((index + random.next()) * 1000) / count);
      }
      const batch = buffer.take();
      const began = performance.now();
      if (batch !== undefined) writer.append(batch);
      writingMs += performance.now() - began;
    }
  }
  writer.end();
  const count = writer.count();
  const memoryDuring = (await memoryMb()) - memoryBefore;
  const grown = statSync(path).size / count;
  const began = performance.now();
  compactSamples(path, count);
  const compactedMs = performance.now() - began;
  const samples = readSamples(path, SUMMARY_COLUMNS, count);
  const memoryAtEnd = (await memoryMb()) - memoryBefore;
  const phases = [{ name: 'Incident burst', startedAt: START, endedAt: START + seconds * 1000 }];
  const summarising = performance.now();
  const { sizeBytes } = samplesRecordOf(path, samples, phases);
  return [
    requestsPerSec.toLocaleString('en'),
    count.toLocaleString('en'),
    grown.toFixed(1),
    (sizeBytes / count).toFixed(1),
    (writingMs / seconds).toFixed(1),
    memoryDuring.toFixed(0),
    memoryAtEnd.toFixed(0),
    `${((compactedMs + performance.now() - summarising) / 1000).toFixed(1)}`,
  ];
}

const TITLES = [
  'requests/s',
  'samples',
  'bytes a sample during the run',
  'bytes a sample after it',
  'ms to write a second',
  'MB held during the run',
  'MB held at its end',
  's to pack and sum up',
];

const folder = mkdtempSync(join(tmpdir(), 'bench-samples-'));
try {
  console.log(`| ${TITLES.join(' | ')} |\n|${TITLES.map(() => '---:').join('|')}|`);
  for (const shape of SHAPES) console.log(`| ${(await measure(shape, join(folder, 'samples.arrow'))).join(' | ')} |`);
} finally {
  rmSync(folder, { recursive: true });
}
