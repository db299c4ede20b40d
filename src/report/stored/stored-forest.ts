import { DEFAULT_POLICY, type StoredRow } from '../../gate/regression/index.ts';
import type { ForestLine } from '../forest-plot.ts';
import { type ComparedRow, storedChangeText } from './stored-lines.ts';

/** What is worth a line of its own; the table has the rest. */
const DRAWN: readonly StoredRow['metric'][] = ['p50', 'p95', 'error rate', 'throughput'];

/** Changes of all requests and of endpoints, in units of the margins that a gate has where the test says none. */
export function storedForest(rows: readonly StoredRow[]): ForestLine[] {
  return rows.flatMap((row) => {
    const isDrawn = row.target.kind === 'all requests' || row.target.kind === 'endpoint';
    return row.kind === 'compared' && isDrawn && DRAWN.includes(row.metric) ? [lineOf(row)] : [];
  });
}

function lineOf(row: ComparedRow): ForestLine {
  const { metric, target, change, interval, reads } = row;
  const margin = DEFAULT_POLICY.margins.findLast((rule) => rule.metric === metric)?.margin ?? 0.05;
  const isLessWorse = metric === 'throughput';
  const units = (share: number): number => ((isLessWorse ? -1 : 1) * share) / margin;
  const [low = 0, high = 0] = [units(interval.low), units(interval.high)].sort((a, b) => a - b);
  const isWorse = (reads === 'more') !== isLessWorse;
  return {
    name: `${metric} of ${target.kind === 'all requests' ? 'all requests' : target.name}`,
    title: `${target.name}: ${storedChangeText(row)}`,
    low,
    at: units(change),
    high,
    mark: reads === 'no clear change' ? 'open' : isWorse ? 'worse' : 'better',
  };
}
