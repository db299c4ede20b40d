import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair, Side } from 'proving-ground/gate/regression/index.ts';
import type { SimulatedPair } from '../gate-simulation/system.ts';
import type { Cell } from './cells.ts';

/** A measured pair with its single times, which rules that look at requests need; of the form of the simulated ones. */
export interface MeasuredPair extends SimulatedPair {
  /** ISO 8601. */
  readonly measuredAt: string;
  /** In a sentence. */
  readonly machine: string;
}

interface Stored extends Pick<MeasuredPair, 'measuredAt' | 'machine'> {
  readonly version: 1;
  readonly pair: Pair;
  /** Milliseconds by endpoint. */
  readonly times: Readonly<Record<Side, Readonly<Record<string, readonly number[]>>>>;
}

/** Measured pairs on disk, one file each, so that a study of hours can be interrupted, and judged as often as one likes. */
export interface PairStore {
  has(cell: Cell, index: number): boolean;
  write(cell: Cell, index: number, measured: MeasuredPair): void;
  /** All pairs of a cell in the order in which they were measured. */
  read(cell: Cell): MeasuredPair[];
}

/** Opens a store below a folder, which need not exist yet. */
export function openPairStore(folder: string): PairStore {
  const folderOf = ({ machine, injection }: Cell): string => join(folder, machine, injection.id);
  const fileOf = (cell: Cell, index: number): string =>
    join(folderOf(cell), `pair-${String(index).padStart(4, '0')}.json`);
  return {
    has: (cell, index) => existsSync(fileOf(cell, index)),
    write: (cell, index, { measuredAt, machine, pair, times }) => {
      const stored: Stored = {
        version: 1,
        measuredAt,
        machine,
        pair,
        times: { baseline: Object.fromEntries(times.baseline), candidate: Object.fromEntries(times.candidate) },
      };
      mkdirSync(folderOf(cell), { recursive: true });
      // Whole or not there: an interrupted study must not leave half a pair behind.
      const unfinished = `${fileOf(cell, index)}.part`;
      writeFileSync(unfinished, JSON.stringify(stored));
      renameSync(unfinished, fileOf(cell, index));
    },
    read: (cell) =>
      filesIn(folderOf(cell)).map((file) => {
        const { measuredAt, machine, pair, times } = JSON.parse(readFileSync(file, 'utf8')) as Stored;
        return {
          measuredAt,
          machine,
          pair,
          times: {
            baseline: new Map(Object.entries(times.baseline)),
            candidate: new Map(Object.entries(times.candidate)),
          },
        };
      }),
  };
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => join(folder, name));
}
