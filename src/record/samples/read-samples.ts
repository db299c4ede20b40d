import { RecordBatchReader } from 'apache-arrow';
import { systemErrorCode, UserFault } from '../../errors.ts';
import { decodeBatch, schemaFault } from './decode-batch.ts';
import { inDueOrder } from './due-order.ts';
import type { SampleNames } from './sample-buffer.ts';
import {
  COLUMN_NAMES,
  type ColumnName,
  copyColumns,
  createColumns,
  type SampleColumns,
  type Samples,
  sliceColumns,
} from './sample-columns.ts';
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
 * @param expectedCount of samples; where it is known, nothing is copied because there are more.
 * @throws UserFault `run-unreadable` or `run-shape`.
 *
 * @example readSamples('reports/latest/samples.arrow', ['lastByte']).lastByte
 */
export function readSamples<C extends ColumnName = ColumnName>(
  path: string,
  columns: readonly C[] = COLUMN_NAMES as readonly C[],
  expectedCount = 65_536,
): Samples<C | 'due'> {
  const wanted = [...new Set<C | 'due'>(['due', ...columns])];
  let all = createColumns(wanted, expectedCount);
  let count = 0;
  let names: SampleNames = { error: [], phase: [], journey: [], endpoint: [] };
  for (const batch of sampleBatches(path, wanted)) {
    if (count + batch.count > all.due.length) all = enlarged(all, wanted, count, batch.count);
    copyColumns(all, batch, wanted, count);
    count += batch.count;
    names = batch.names;
  }
  return inDueOrder<C | 'due'>({ ...sliceColumns(all, wanted, 0, count), count, names });
}

function enlarged<C extends ColumnName>(
  columns: Pick<SampleColumns, C>,
  names: readonly C[],
  count: number,
  more: number,
): Pick<SampleColumns, C> {
  const larger = createColumns(names, Math.ceil((count + more) * 1.5));
  copyColumns(larger, sliceColumns(columns, names, 0, count), names, 0);
  return larger;
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
