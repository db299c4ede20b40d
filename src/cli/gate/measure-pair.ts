import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  BLOCK_COLUMNS,
  type Block,
  type BlockPlace,
  blockOfRun,
  type Pair,
  type PlannedPair,
  type Side,
} from '../../gate/regression/index.ts';
import { readRun } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { runBlockProcess, type SharedTime } from '../block/block-process.ts';
import type { OpenSystem } from '../system/open-system.ts';
import { createOwnFolder } from '../system/own-folder.ts';
import type { BlockTest } from './block-test.ts';
import { turnsOfPair } from './pair-turns.ts';

/** What is done for one pair. */
export interface PairWork {
  readonly test: BlockTest;
  readonly sides: Readonly<Record<Side, OpenSystem>>;
  readonly plan: PlannedPair;
  /** Where the folders of the runs are kept; undefined: they are taken away when they have been read. */
  readonly keepIn: ((side: Side) => string) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Starts both systems afresh, in the order of the pair, and beside each of them Artillery, runs the test as a block on either, in turns, stops the
 * systems, and reads what was measured.
 *
 * @throws UserFault `system-unstartable`, `block-failed`; of an aborted pair the reason of its signal.
 */
export async function measurePair({ test, sides, plan, keepIn, signal }: PairWork): Promise<Pair> {
  // Where one side cannot be measured the other need not be.
  const failure = new AbortController();
  const turns = turnsOfPair(test.plan, plan.order, Date.now);
  const measure = async (side: Side): Promise<Block> => {
    const { pair, seed, order } = plan;
    const place = { side, pair, seed, place: order[0] === side ? 'first' : 'second' } as const;
    const either = AbortSignal.any([signal, failure.signal]);
    try {
      return await measureBlock({
        test,
        side: sides[side],
        turns: turns[side],
        place,
        keepIn: keepIn?.(side),
        signal: either,
      });
    } catch (thrown) {
      failure.abort(thrown);
      throw thrown;
    }
  };
  // What it is to have been started first must not always be the baseline's.
  const blocks = Object.fromEntries(plan.order.map((side) => [side, measure(side)])) as Record<Side, Promise<Block>>;
  const [baseline, candidate] = await Promise.allSettled([blocks.baseline, blocks.candidate]);
  if (baseline.status === 'fulfilled' && candidate.status === 'fulfilled') {
    return { baseline: baseline.value, candidate: candidate.value };
  }
  signal.throwIfAborted();
  throw failure.signal.reason;
}

interface BlockWork extends Pick<PairWork, 'test' | 'signal'> {
  readonly side: OpenSystem;
  readonly turns: SharedTime;
  readonly place: BlockPlace;
  readonly keepIn: string | undefined;
}

async function measureBlock({ keepIn, ...work }: BlockWork): Promise<Block> {
  const reports = keepIn ?? createOwnFolder('gate-block');
  try {
    return readBlock(await runBlock(work, reports), work);
  } finally {
    if (keepIn === undefined) rmSync(reports, { recursive: true, force: true });
  }
}

async function runBlock(
  { test, side, turns, place, signal }: Omit<BlockWork, 'keepIn'>,
  reports: string,
): Promise<string> {
  const system = await side.start(signal);
  try {
    const { url: target, ready } = system;
    return await runBlockProcess({ test, target, ready, turns, seed: place.seed, reports, signal });
  } finally {
    await system.stop();
  }
}

function readBlock(folder: string, { test, place }: Pick<BlockWork, 'test' | 'place'>): Block {
  const record = readRun(folder);
  const samples = readSamples(join(folder, 'samples.arrow'), [...BLOCK_COLUMNS]);
  return blockOfRun(record, samples, test.plan, place);
}
