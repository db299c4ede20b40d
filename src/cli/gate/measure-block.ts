import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserFault } from '../../errors.ts';
import { BLOCK_COLUMNS, type Block, type BlockPlace, blockOfRun } from '../../gate/regression/index.ts';
import { readRun } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { runBlockProcess } from './block-process.ts';
import type { BlockTest } from './block-test.ts';
import type { OpenSide } from './side.ts';

/** What is done for one block. */
export interface BlockWork {
  readonly test: BlockTest;
  readonly side: OpenSide;
  readonly place: BlockPlace;
  /** Where the folders of runs are kept; undefined: they are taken away when they have been read. */
  readonly keepIn: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Starts the system afresh, runs the test as a block, stops the system, and reads what was measured.
 *
 * @throws UserFault `system-unstartable`, `block-failed`; of an aborted block the reason of its signal.
 */
export async function measureBlock({ test, side, place, keepIn, signal }: BlockWork): Promise<Block> {
  const reports = keepIn ?? mkdtempSync(join(tmpdir(), 'gate-block-'));
  try {
    const system = await side.start(signal);
    try {
      await runBlockProcess({ test, target: system.url, seed: place.seed, reports, signal });
    } finally {
      await system.stop();
    }
    return readBlock(reports, test, place);
  } finally {
    if (keepIn === undefined) rmSync(reports, { recursive: true, force: true });
  }
}

function readBlock(reports: string, test: BlockTest, place: BlockPlace): Block {
  const folder = newestRun(reports);
  const record = readRun(folder);
  const samples = readSamples(join(folder, 'samples.arrow'), [...BLOCK_COLUMNS]);
  return blockOfRun(record, samples, test.plan, place);
}

/** The folder of the run that was made last. @throws UserFault `block-failed`: there is none. */
export function newestRun(reports: string): string {
  // Their names begin with the time.
  const newest = readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .at(-1);
  if (newest === undefined) throw new UserFault('block-failed', 'a block left no run behind');
  return join(reports, newest);
}
