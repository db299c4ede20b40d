import { renameSync, rmSync } from 'node:fs';
import { inDueOrder } from './due-order.ts';
import { sampleBatches } from './read-samples.ts';
import { COLUMN_NAMES, copyColumns, createColumns, type Samples, sliceColumns } from './sample-columns.ts';
import { createSampleFile } from './sample-file.ts';

/** Samples per batch: large enough that what a batch costs in itself is nothing, small enough to hold a few in memory. */
const BATCH_SIZE = 65_536;

/**
 * Rewrites a file of samples with few large batches, each in the order of due: the small ones of each second take up to five
 * times the space. It is replaced only when all is written; whatever goes wrong, the file stays as it was.
 *
 * @param count of the samples that are in it.
 * @returns whether it was replaced.
 */
export function compactSamples(path: string, count: number): boolean {
  const unfinished = `${path}.part`;
  try {
    const isComplete = writeCompacted(path, unfinished) === count;
    if (isComplete) renameSync(unfinished, path);
    else rmSync(unfinished);
    return isComplete;
  } catch {
    rmSync(unfinished, { force: true });
    return false;
  }
}

function writeCompacted(path: string, target: string): number {
  const file = createSampleFile(target);
  let count = 0;
  try {
    for (const samples of gathered(sampleBatches(path, COLUMN_NAMES))) {
      file.append(inDueOrder(samples));
      count += samples.count;
    }
    return count;
  } finally {
    file.end();
  }
}

/** The same samples in batches of one size, but for the last. */
function* gathered(batches: Iterable<Samples>): Generator<Samples> {
  const columns = createColumns(COLUMN_NAMES, BATCH_SIZE);
  let count = 0;
  let names: Samples['names'] | undefined;
  for (const batch of batches) {
    names = batch.names;
    for (let from = 0; from < batch.count; ) {
      const to = Math.min(batch.count, from + BATCH_SIZE - count);
      copyColumns(columns, sliceColumns(batch, COLUMN_NAMES, from, to), COLUMN_NAMES, count);
      count += to - from;
      from = to;
      if (count < BATCH_SIZE) continue;
      yield { ...columns, count, names };
      count = 0;
    }
  }
  if (names !== undefined && count > 0) yield { ...sliceColumns(columns, COLUMN_NAMES, 0, count), count, names };
}
