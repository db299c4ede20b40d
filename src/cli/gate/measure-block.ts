import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCK_COLUMNS, type Block, type BlockPlace, blockOfRun } from '../../gate/regression/index.ts';
import { readRun } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { runBlockProcess } from '../block/block-process.ts';
import type { OpenSystem } from '../system/open-system.ts';
import { createOwnFolder } from '../system/own-folder.ts';
import type { BlockTest } from './block-test.ts';

/** What is done for one block. */
export interface BlockWork {
  readonly test: BlockTest;
  readonly side: OpenSystem;
  readonly place: BlockPlace;
  /** Where the folders of runs are kept; undefined: they are taken away when they have been read. */
  readonly keepIn: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Starts the system afresh and beside it Artillery, runs the test as a block, stops the system, and reads what was measured.
 *
 * @throws UserFault `system-unstartable`, `block-failed`; of an aborted block the reason of its signal.
 */
export async function measureBlock({ test, side, place, keepIn, signal }: BlockWork): Promise<Block> {
  const reports = keepIn ?? createOwnFolder('gate-block');
  try {
    return readBlock(await runBlock({ test, side, place, signal }, reports), test, place);
  } finally {
    if (keepIn === undefined) rmSync(reports, { recursive: true, force: true });
  }
}

async function runBlock({ test, side, place, signal }: Omit<BlockWork, 'keepIn'>, reports: string): Promise<string> {
  const system = await side.start(signal);
  try {
    const { url: target, ready } = system;
    return await runBlockProcess({ test, target, ready, seed: place.seed, reports, signal });
  } finally {
    await system.stop();
  }
}

function readBlock(folder: string, test: BlockTest, place: BlockPlace): Block {
  const record = readRun(folder);
  const samples = readSamples(join(folder, 'samples.arrow'), [...BLOCK_COLUMNS]);
  return blockOfRun(record, samples, test.plan, place);
}
