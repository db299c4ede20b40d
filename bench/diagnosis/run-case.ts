import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBlockProcess } from 'proving-ground/cli/block/block-process.ts';
import { freePort } from 'proving-ground/cli/system/free-port.ts';
import { describeMachine } from '../measure/machine.ts';
import type { StudyCase } from './cases.ts';

const TEST = fileURLToPath(new URL('./load.yml', import.meta.url));
/** What a diagnosis reads, and what the run says of itself. */
const KEPT = ['run.json', 'samples.arrow', 'system.json'] as const;

/** The quiet part and the busy part of a run, seconds. */
const QUIET_SEC = 3;
const BUSY_SEC = 14;
const QUIET_USERS = 5;
/** Where runs are made. */
export interface Workshop {
  /** Below it are the data of platforms. */
  readonly data: string;
  readonly documents: number;
  /** A reputation service that is well; a fault brings its own. */
  readonly reputationUrl: string;
  readonly signal: AbortSignal;
}

/**
 * Runs the platform with the fault of a case under its load, and keeps in a folder what the run left.
 *
 * @throws UserFault `block-failed` with the end of what Artillery printed when there is no run; the reason of the signal.
 */
export async function runCase(each: StudyCase, folder: string, workshop: Workshop): Promise<void> {
  const reports = mkdtempSync(join(tmpdir(), 'diagnosis-study-'));
  try {
    const run = await runArtillery(each, reports, workshop, `http://127.0.0.1:${await freePort()}`);
    // Whole or not there: an interrupted study must not leave half a run behind.
    const unfinished = `${folder}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    for (const file of KEPT) copyFileSync(join(run, file), join(unfinished, file));
    const about = { ...each, measuredAt: new Date().toISOString(), machine: describeMachine() };
    writeFileSync(join(unfinished, 'case.json'), JSON.stringify(about, null, 2));
    renameSync(unfinished, folder);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

function runArtillery(each: StudyCase, reports: string, workshop: Workshop, target: string): Promise<string> {
  return runBlockProcess({
    test: { file: TEST, environment: undefined, plan: planOf(each) },
    plugins: { 'reference-platform': { address: target } },
    env: environmentOf(each, workshop),
    ...{ target, seed: each.seed, reports, signal: workshop.signal },
  });
}

function planOf({ usersPerSec }: StudyCase): Parameters<typeof runBlockProcess>[0]['test']['plan'] {
  return {
    phases: [
      { name: 'Quiet', duration: QUIET_SEC, arrivalCount: QUIET_USERS },
      { name: 'Busy', duration: BUSY_SEC, arrivalCount: Math.round(BUSY_SEC * usersPerSec) },
    ],
    warmUpSec: QUIET_SEC,
    durationSec: BUSY_SEC,
  };
}

/** The fault is a variable of the process, and so stands in nothing that the run records. */
function environmentOf({ fault }: StudyCase, { data, documents, reputationUrl }: Workshop): Record<string, string> {
  // Whoever loads documents otherwise keeps them: to load them takes longer than the run.
  const own = fault.startsWith('stale-statistics') ? 'stale' : 'usual';
  return {
    ...{ FAULT: fault, REPUTATION_URL: reputationUrl },
    ...{ PLATFORM_DATA: join(data, own), DOCUMENTS: String(documents), LOG_LEVEL: 'silent' },
  };
}
