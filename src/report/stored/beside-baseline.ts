import type { StoredComparison } from '../../gate/regression/index.ts';
import type { RunComparison, ShownDifference } from '../machine/index.ts';
import { plainText } from '../plain-text.ts';
import { type ComparedRow, storedChangeText } from './stored-lines.ts';

/** A run beside the baseline that its test names. Advisory: it changes no verdict. */
export interface BesideBaseline {
  /** The file, as the test names it. */
  readonly baseline: string;
  /** Or why there is no comparison, in a sentence. */
  readonly outcome: { readonly comparison: StoredComparison } | { readonly why: string };
}

/** Figures that a summary has room for. */
const SUMMARISED: readonly ComparedRow['metric'][] = ['p50', 'p95', 'error rate', 'throughput'];
const UNITS: Partial<Record<ComparedRow['metric'], ShownDifference['unit']>> = { 'error rate': '%', throughput: '/s' };

/** What a run is told in the terminal: how many figures changed for sure, and which. */
export function besideBaselineLines({ baseline, outcome }: BesideBaseline): string[] {
  if ('why' in outcome) return [`Not compared with ${plainText(baseline)}: ${outcome.why}`];
  const rows = comparedIn(outcome.comparison);
  const clear = rows.filter(({ reads }) => reads !== 'no clear change');
  return [
    `Beside ${plainText(baseline)} (advisory): ${clear.length} of ${rows.length} figures changed clearly`,
    ...clear.map((row) => `  ${plainText(row.target.name)}: ${storedChangeText(row)}`),
    ...outcome.comparison.flagged.map(
      ({ what, baseline: was, candidate }) => `  Not the same: ${what} (${was} | ${candidate})`,
    ),
  ];
}

/** For the summary of a run: clear changes first. @returns undefined where nothing could be compared. */
export function summarisedComparison({ baseline, outcome }: BesideBaseline): RunComparison | undefined {
  if ('why' in outcome) return undefined;
  const rows = comparedIn(outcome.comparison).filter(
    ({ metric, target }) => SUMMARISED.includes(metric) && target.kind !== 'journey',
  );
  const ordered = rows.toSorted(
    (a, b) => Number(a.reads === 'no clear change') - Number(b.reads === 'no clear change'),
  );
  return { baseline, differences: ordered.map(differenceOf) };
}

function comparedIn({ rows }: StoredComparison): ComparedRow[] {
  return rows.flatMap((row) => (row.kind === 'compared' ? [row] : []));
}

function differenceOf({ metric, target, baseline, candidate, change, interval }: ComparedRow): ShownDifference {
  const isShare = metric === 'error rate';
  const scale = isShare ? 100 : 1;
  return {
    name: `${metric} of ${target.name}`,
    unit: UNITS[metric] ?? (target.kind === 'custom metric' ? '' : 'ms'),
    before: baseline * scale,
    after: candidate * scale,
    // A difference of error rates is in points, which a share of the rate before is not.
    ...(isShare ? {} : { change: { share: change, ...interval } }),
    judgement: 'advisory',
  };
}
