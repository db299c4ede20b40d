import type { Sketch } from '../../../stats/index.ts';
import { type Cells, createCells } from '../shared/cells.ts';
import { bucketOfSketchKey } from '../shared/log-buckets.ts';

/** Sketches of consecutive windows as cells; undefined in a window without values. */
export function sketchCells(sketches: readonly (Sketch | undefined)[]): Cells {
  const cells = createCells();
  for (const sketch of sketches) cells.add(sketch === undefined ? [] : pairsOf(sketch));
  return cells.finish();
}

function pairsOf({ store, negativeStore, zeroCount }: Sketch): [number, number][] {
  const negative = storePairs(negativeStore).map(([bucket, count]): [number, number] => [-bucket, count]);
  const zeros: [number, number][] = zeroCount > 0 ? [[0, zeroCount]] : [];
  return [...negative.toReversed(), ...zeros, ...storePairs(store)];
}

function storePairs({ bins, offset }: Sketch['store']): [number, number][] {
  return bins.flatMap((count, index) => (count > 0 ? [[bucketOfSketchKey(index + offset), count] as const] : [])) as [
    number,
    number,
  ][];
}
