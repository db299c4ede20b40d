import { RecordBatchReader } from 'apache-arrow';
import { systemErrorCode, UserFault } from '../../errors.ts';
import { decodeBatch, schemaFault } from './decode-batch.ts';
import { inDueOrder } from './due-order.ts';
import { COLUMN_NAMES, type ColumnName, copyColumns, createColumns, type Samples } from './sample-columns.ts';
import { wholeMessages } from './whole-messages.ts';

/**
 * Reads a file of samples batch by batch, in the order of the file; an incomplete batch at its end is left out.
 *
 * @param columns those to decode.
 * @throws UserFault `run-unreadable` or `run-shape`.
 */
export function* sampleBatches<C extends ColumnName>(path: string, columns: readonly C[]): Generator<Samples<C>> {
  try {
    for (const batch of RecordBatchReader.from(wholeMessages(path))) {
      const fault = schemaFault(batch);
      if (fault !== undefined) throw new UserFault('run-shape', `${path} is no file of samples: ${fault}`);
      if (batch.numRows > 0) yield decodeBatch(batch, columns);
    }
  } catch (thrown) {
    throw asUserFault(path, thrown);
  }
}

/**
 * Reads the samples of a run, in the order in which the requests were due.
 *
 * @param path of a `samples.arrow`, also of a run that was killed.
 * @param columns those to keep in memory; a million samples with all of them take 55 MB.
 * @throws UserFault `run-unreadable` or `run-shape`.
 *
 * @example readSamples('reports/latest/samples.arrow', ['lastByte']).lastByte
 */
export function readSamples<C extends ColumnName = ColumnName>(
  path: string,
  columns: readonly C[] = COLUMN_NAMES as readonly C[],
): Samples<C | 'due'> {
  const wanted = [...new Set<C | 'due'>(['due', ...columns])];
  const batches = [...sampleBatches(path, wanted)];
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const all = createColumns(wanted, count);
  let at = 0;
  for (const batch of batches) {
    copyColumns(all, batch, wanted, at);
    at += batch.count;
  }
  const names = batches.at(-1)?.names ?? { error: [], phase: [], journey: [], endpoint: [] };
  return inDueOrder<C | 'due'>({ ...all, count, names });
}

function asUserFault(path: string, thrown: unknown): unknown {
  if (thrown instanceof UserFault) return thrown;
  const code = systemErrorCode(thrown);
  if (code?.startsWith('E') && !code.startsWith('ERR_')) {
    return new UserFault('run-unreadable', `${path} cannot be read: ${code}`, {
      hint: 'It belongs beside the run.json of its run; copy it there from where the run was made.',
      cause: thrown,
    });
  }
  return new UserFault('run-shape', `${path} is no file of samples, or is damaged`, {
    hint: 'The verdict plugin writes it during a run; it is an Arrow IPC stream. Copy it again from where the run was made.',
    cause: thrown,
  });
}
