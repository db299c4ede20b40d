import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSamples, type Samples } from 'proving-ground/record/samples/index.ts';
import { type ArtilleryEngine, artilleryCommand } from '../engine/artillery-generators.ts';
import { type Cores, pinned } from '../measure/cores.ts';
import { startSession } from '../measure/session.ts';
import { type ServerProcess, startServerProcess } from '../targets/server-process.ts';
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
const CLOCK = fileURLToPath(new URL('clock.mts', import.meta.url));

/** Runs the test to its end. @throws Error with what was printed when it leaves no results. */
export async function runAgainstTruth(run: KnownRun): Promise<KnownOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-accuracy-'));
  const env = { BEHAVIOUR: run.behaviour, STALL: JSON.stringify(run.stall ?? null) };
  const server = await startServerProcess('known', SERVER, run.cores?.target, env);
  try {
    const output = await runArtillery(run, server.url, folder);
    return await outcomeOf(run, server, folder, output);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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
