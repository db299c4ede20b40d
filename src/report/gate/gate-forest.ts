import type { GateRecord, GateRow } from '../../gate/regression/index.ts';
import { changeText, intervalText, marginText, subjectText } from '../../gate/regression/index.ts';
import type { ForestLine } from '../forest-plot.ts';

const MARKS = {
  regressed: 'worse',
  improved: 'better',
  unchanged: 'same',
  inconclusive: 'open',
} as const satisfies Record<GateRow['answer']['kind'], ForestLine['mark']>;

/** Every figure that decides, ready to be drawn. */
export function gateForest({ rows }: GateRecord): ForestLine[] {
  return rows.filter(({ isGating }) => isGating).map(lineOf);
}

function lineOf(row: GateRow): ForestLine {
  const units = (change: number | null, open: number): number =>
    change === null ? open : ((row.worse === 'more' ? 1 : -1) * change) / row.margin;
  const ends = [units(row.interval.low, -Infinity), units(row.interval.high, Infinity)].sort((a, b) => a - b);
  const [low = 0, high = 0] = ends;
  const name = subjectText(row);
  return {
    name,
    title: `${name}: ${changeText(row, row.change)} (${intervalText(row)}), margin ${marginText(row)}, ${row.answer.kind}`,
    low,
    at: units(row.change, 0),
    high,
    mark: MARKS[row.answer.kind],
  };
}
