import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSamples, type Samples } from 'proving-ground/record/samples/index.ts';
import { type ArtilleryEngine, artilleryCommand } from '../engine/artillery-generators.ts';
import { type Cores, pinned } from '../measure/cores.ts';
import { startSession } from '../measure/session.ts';
import { type ServerProcess, startServerProcess } from '../targets/server-process.ts';
import type { BareTimes } from './bare-client.ts';
import type { Behaviour, Stall } from './service-times.ts';

/** One run of one engine against a server that knows the truth. */
export interface KnownRun {
  readonly engine: ArtilleryEngine;
  readonly behaviour: Behaviour;
  readonly stall?: Stall;
  /** Artillery's `config.phases`. */
  readonly phases: readonly object[];
  /** More arrivals than the phases make. */
  readonly mostArrivals: number;
  readonly cores: Cores | undefined;
}

/** What the server wrote down, by the order in which requests came. Times of `process.hrtime`, in milliseconds. */
export interface ServerRecords {
  /** Number of the user, which is the number of its arrival, from 0. */
  readonly numbers: readonly number[];
  readonly receivedMs: readonly number[];
  /** When the last byte was handed to the socket. */
  readonly answeredMs: readonly number[];
}

/** Quantiles of `http.response_time` as Artillery reports them, in milliseconds. */
export type ArtillerySummary = Readonly<Record<'p50' | 'p95' | 'p99' | 'p999', number>>;

/** Both sides of a run. */
export interface KnownOutcome {
  readonly records: ServerRecords;
  /** In the order of due; undefined for an engine that has none. */
  readonly samples: Samples<'due' | 'queued' | 'lastByte' | 'phase'> | undefined;
  readonly summary: ArtillerySummary;
  /** Milliseconds to add to a time since the epoch in a sample to get one of `process.hrtime`. */
  readonly epochToHrtimeMs: number;
}

const SERVER = new URL('known-server.ts', import.meta.url);
const BARE_CLIENT = fileURLToPath(new URL('bare-client.ts', import.meta.url));
const CLOCK = fileURLToPath(new URL('clock.mts', import.meta.url));

/** Whether a bare client keeps its core while nothing is to be done. */
export type Manner = 'awake' | 'asleep';

/** Sends the same requests with a bare client, one core for itself. @throws Error when it ends before its time. */
export async function runBareClient(
  run: Pick<KnownRun, 'behaviour' | 'stall' | 'cores'>,
  manner: Manner,
  requests: number,
  periodMs: number,
): Promise<Pick<KnownOutcome, 'records' | 'samples' | 'epochToHrtimeMs'>> {
  const server = await startServerProcess('known', SERVER, run.cores?.target, serverSettings(run));
  try {
    const argv = [process.execPath, BARE_CLIENT, server.url, String(requests), String(periodMs), manner];
    const { dueMs, lastByteMs } = await bareTimes(pinned(argv, run.cores?.others));
    const { records } = await server.ask<{ records: ServerRecords }>('records');
    const samples = {
      due: Float64Array.from(dueMs),
      queued: new Uint32Array(requests),
      lastByte: Uint32Array.from(lastByteMs, (at, number) => Math.round((at - (dueMs[number] ?? 0)) * 1000)),
      phase: new Int16Array(requests),
      count: requests,
      names: { error: [], phase: [], journey: [], endpoint: [] },
    };
    return { records, samples, epochToHrtimeMs: 0 };
  } finally {
    await server.stop();
  }
}

async function bareTimes([program = '', ...rest]: readonly string[]): Promise<BareTimes> {
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error('the bare client ended before its time');
  });
  const [{ times }] = (await Promise.race([once(child, 'message'), failed])) as [{ times: BareTimes }];
  failed.catch(() => undefined);
  child.disconnect();
  return times;
}

/** Runs the test to its end. @throws Error with what was printed when it leaves no results. */
export async function runAgainstTruth(run: KnownRun): Promise<KnownOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-accuracy-'));
  const server = await startServerProcess('known', SERVER, run.cores?.target, serverSettings(run));
  try {
    const output = await runArtillery(run, server.url, folder);
    return await outcomeOf(run, server, folder, output);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function serverSettings({ behaviour, stall }: Pick<KnownRun, 'behaviour' | 'stall'>): Record<string, string> {
  return { BEHAVIOUR: behaviour, STALL: JSON.stringify(stall ?? null) };
}

async function runArtillery(run: KnownRun, target: string, folder: string): Promise<string> {
  const { config, plugins } = run.engine;
  // Numbers come from a file, in turn: a hook would take time of its own between the arrival and the request.
  const rows = Array.from({ length: run.mostArrivals }, (_, number) => number);
  writeFileSync(join(folder, 'numbers.csv'), `${['n', ...rows].join('\n')}\n`);
  const payload = [{ path: 'numbers.csv', fields: ['n'], order: 'sequence', skipHeader: true }];
  const test = {
    config: { ...config, target, phases: run.phases, payload, processor: CLOCK, plugins },
    scenarios: [{ name: 'Ask', flow: [{ get: { name: 'Ask', url: '/?n={{ n }}' } }] }],
  };
  writeFileSync(join(folder, 'test.json'), JSON.stringify(test));
  const { argv, env } = artilleryCommand(
    'test.json',
    { NODE_OPTIONS: '', SEED: '1', CLOCK_FILE: join(folder, 'clock') },
    ['--output', 'out.json'],
  );
  const logFile = join(folder, 'output.log');
  const session = startSession(pinned(argv, run.cores?.others), { cwd: folder, env, logFile });
  await session.ended;
  return session.output();
}

async function outcomeOf(
  { engine }: KnownRun,
  server: ServerProcess,
  folder: string,
  output: string,
): Promise<KnownOutcome> {
  try {
    const { aggregate } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as {
      aggregate: { summaries: Record<string, ArtillerySummary | undefined> };
    };
    const summary = aggregate.summaries['http.response_time'];
    if (summary === undefined) throw new Error('no response times');
    const { records } = await server.ask<{ records: ServerRecords }>('records');
    const hasSamples = 'verdict' in engine.plugins;
    const path = join(folder, 'reports/latest/samples.arrow');
    return {
      records,
      summary,
      samples: hasSamples ? readSamples(path, ['due', 'queued', 'lastByte', 'phase']) : undefined,
      epochToHrtimeMs: Number(readFileSync(join(folder, 'clock'), 'utf8')),
    };
  } catch (cause) {
    throw new Error(`${engine.name} left no results:\n${output}`, { cause });
  }
}
