import type { NamedColumn, SampleBatch, SampleNames } from './sample-buffer.ts';

/** Gives the names of all workers common ids. Each worker counts its names from 0, in the order in which it met them. */
export interface NameMerger {
  /** The ids of a batch's column in common ids; -1 stays -1. */
  translate(batch: SampleBatch, column: NamedColumn): Int16Array;
  /** All names so far; the index is the common id. Grows only. */
  names(): SampleNames;
}

/**
 * A merger that knows no names yet.
 *
 * @param shown what a name becomes in the file; names that become the same share an id.
 */
export function createNameMerger(shown: (name: string) => string): NameMerger {
  const tables = {
    error: createTable(shown),
    phase: createTable(shown),
    journey: createTable(shown),
    endpoint: createTable(shown),
  };
  return {
    translate: (batch, column) => {
      const toCommon = tables[column].idsOf(batch.worker, batch.names[column]);
      return batch[column].map((id) => (id < 0 ? -1 : (toCommon[id] ?? -1)));
    },
    names: () => ({
      error: tables.error.names,
      phase: tables.phase.names,
      journey: tables.journey.names,
      endpoint: tables.endpoint.names,
    }),
  };
}

interface NameTable {
  readonly names: readonly string[];
  /** For each id of the worker the common one. */
  idsOf(worker: number, names: readonly string[]): readonly number[];
}

function createTable(shown: (name: string) => string): NameTable {
  const names: string[] = [];
  const commonIds = new Map<string, number>();
  const idsByWorker = new Map<number, number[]>();

  function commonId(name: string): number {
    const known = commonIds.get(name);
    if (known !== undefined) return known;
    commonIds.set(name, names.length);
    return names.push(name) - 1;
  }

  return {
    names,
    idsOf: (worker, workerNames) => {
      const ids = idsByWorker.get(worker) ?? [];
      idsByWorker.set(worker, ids);
      for (const name of workerNames.slice(ids.length)) ids.push(commonId(shown(name)));
      return ids;
    },
  };
}
