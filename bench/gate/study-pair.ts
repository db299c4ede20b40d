import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockTest } from 'proving-ground/cli/gate/block-test.ts';
import { measurePair } from 'proving-ground/cli/gate/measure-pair.ts';
import { commandSystem, type OpenSystem } from 'proving-ground/cli/system/open-system.ts';
import { blockWindow, planPair, type Side } from 'proving-ground/gate/regression/index.ts';
import { readRun } from 'proving-ground/record/index.ts';
import { outcomesOf, readSamples } from 'proving-ground/record/samples/index.ts';
import { describeMachine } from '../measure/machine.ts';
import type { Injection } from './cells.ts';
import type { MeasuredPair } from './pair-store.ts';

/** Both sides of a study: the same platform, with two databases that were filled once. */
export interface StudySystem {
  /** Main file of the platform. */
  readonly platform: string;
  /** Below it is one folder for each of the databases. */
  readonly data: string;
  /** Settings of both sides, as the test wants them. */
  readonly env: Readonly<Record<string, string>>;
}

const START_TIMEOUT_SEC = 180;

/** Where the two databases of a study lie: one was filled, the other is its copy. */
export function databasesOf({ data }: StudySystem): { readonly filled: string; readonly copied: string } {
  return { filled: join(data, 'filled'), copied: join(data, 'copied') };
}

/** The platform with the database in a folder. @param switches variables that set it apart. */
export function platformOn(
  database: string,
  { platform, env }: StudySystem,
  switches: Readonly<Record<string, string>> = {},
): OpenSystem {
  const variables = { ...env, PLATFORM_DATA: database, ...switches };
  const words = Object.entries(variables).map(([name, value]) => `${name}=${inQuotes(value)}`);
  const spec = [...words, 'exec', inQuotes(process.execPath), inQuotes(platform)].join(' ');
  return commandSystem(spec, { ready: '/ready', timeoutSec: START_TIMEOUT_SEC });
}

/**
 * The sides for one injection in the pair of this index, counted from 0: the candidate gets its switches, and nothing else differs. They change
 * databases after every two pairs, so that what one folder does to the times is no difference between the sides; after two, since the side that
 * begins changes from one to the next.
 */
export function sidesOf(system: StudySystem, { env }: Injection, index: number): Readonly<Record<Side, OpenSystem>> {
  const { filled, copied } = databasesOf(system);
  const [ofBaseline, ofCandidate] = index % 4 < 2 ? [filled, copied] : [copied, filled];
  return { baseline: platformOn(ofBaseline, system), candidate: platformOn(ofCandidate, system, env) };
}

/** Measures one pair as the gate does, and keeps the single times as well. */
export async function measureStudyPair(
  test: BlockTest,
  sides: Readonly<Record<Side, OpenSystem>>,
  { seed, index, signal }: { readonly seed: string; readonly index: number; readonly signal: AbortSignal },
): Promise<MeasuredPair> {
  // Names as a gate's own: with that of a side in it, the command lines of the two would be of different lengths, and they were to be alike.
  const reports = { baseline: reportsFolder(), candidate: reportsFolder() };
  try {
    const pair = await measurePair({
      test,
      sides,
      plan: planPair(seed, index),
      keepIn: (side) => reports[side],
      signal,
    });
    const times = { baseline: timesIn(reports.baseline, test), candidate: timesIn(reports.candidate, test) };
    return { measuredAt: new Date().toISOString(), machine: describeMachine(), pair, times };
  } finally {
    for (const folder of Object.values(reports)) rmSync(folder, { recursive: true, force: true });
  }
}

function reportsFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gate-study-'));
}

/** Response times of the part that counts, by endpoint. */
function timesIn(reports: string, { plan }: BlockTest): Map<string, number[]> {
  const [run] = readdirSync(reports, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (run === undefined) throw new Error(`no run in ${reports}`);
  const folder = join(reports, run.name);
  const { from, to } = blockWindow(readRun(folder), plan);
  const samples = readSamples(join(folder, 'samples.arrow'), ['due', 'lastByte', 'status', 'error', 'endpoint']);
  const { isTimed } = outcomesOf(samples);
  const times = new Map<string, number[]>();
  for (let row = 0; row < samples.count; row += 1) {
    const due = samples.due[row] ?? 0;
    if (due < from || due >= to || !isTimed(row)) continue;
    const name = samples.names.endpoint[samples.endpoint[row] ?? -1] ?? '';
    const ms = (samples.lastByte[row] ?? 0) / 1000;
    const known = times.get(name);
    if (known === undefined) times.set(name, [ms]);
    else known.push(ms);
  }
  return times;
}

function inQuotes(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
