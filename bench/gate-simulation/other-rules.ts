import type { Side } from 'proving-ground/gate/regression/index.ts';
import { quantileOfSorted } from 'proving-ground/stats/index.ts';
import { studentUpper } from 'proving-ground/stats/student-t.ts';
import { momentsOf, welchTest } from 'proving-ground/stats/welch.ts';
import { mannWhitneyGreater, shiftInterval } from './mann-whitney.ts';
import type { SimulatedPair } from './system.ts';

/** A rule of others, told by the p95 of one endpoint whether the candidate is slower. */
export interface OtherRule {
  readonly name: string;
  readonly alarms: (measured: MeasuredEndpoint) => boolean;
}

/** All that such rules look at. */
interface MeasuredEndpoint {
  /** Single times of all blocks, milliseconds. */
  readonly requests: Readonly<Record<Side, readonly number[]>>;
  /** p95 of each block. */
  readonly blocks: Readonly<Record<Side, readonly number[]>>;
}

const ALPHA = 0.025;
/** Of Kayenta's judge: 98 % confidence, and a quarter of the shift as tolerance. */
const KAYENTA = { z: 2.326, tolerance: 0.25 };

/** As their documentation describes them. */
export const OTHER_RULES: readonly OtherRule[] = [
  { name: 'a fixed threshold: p95 10 % above the baseline', alarms: ({ requests }) => ratioOfP95(requests) > 1.1 },
  {
    name: 'github-action-benchmark: p95 more than 200 % of the baseline',
    alarms: ({ requests }) => ratioOfP95(requests) > 2,
  },
  { name: 't-test on blocks (Welch)', alarms: ({ blocks }) => welchAlarms(blocks) },
  { name: 'paired t-test on log ratios', alarms: ({ blocks }) => pairedAlarms(blocks) },
  { name: "Kayenta's judge on blocks", alarms: ({ blocks }) => kayentaAlarms(blocks) },
  {
    name: 'Mann–Whitney on requests',
    alarms: ({ requests }) => mannWhitneyGreater(requests.baseline, requests.candidate) < ALPHA,
  },
];

/**
 * Bencher's Student's t-test with its upper boundary of 0.99: one new value, here the p95 of the first block of the candidate, against the limit that
 * the earlier ones give, here those of the blocks of the baseline.
 */
export const BENCHER_RULE: OtherRule = {
  name: "Bencher's t-test, 0.99: one block against those of the baseline",
  alarms: ({ blocks: { baseline, candidate } }) => {
    const moments = momentsOf(baseline);
    const [value] = candidate;
    if (moments === undefined || value === undefined) return false;
    const { count, mean, variance } = moments;
    return studentUpper((value - mean) / Math.sqrt(variance), count - 1) < 0.01;
  },
};

/** Which of the rules raise an alarm for any endpoint of these pairs: spoiled ones too, since none of them looks. */
export function otherAlarms(pairs: readonly SimulatedPair[], rules: readonly OtherRule[] = OTHER_RULES): boolean[] {
  const names = [...(pairs[0]?.times.baseline.keys() ?? [])];
  const measured = names.map((name): MeasuredEndpoint => {
    const timesOf = (side: Side): (readonly number[])[] => pairs.map(({ times }) => times[side].get(name) ?? []);
    const [baseline, candidate] = [timesOf('baseline'), timesOf('candidate')];
    return {
      requests: { baseline: baseline.flat(), candidate: candidate.flat() },
      blocks: { baseline: baseline.map(p95), candidate: candidate.map(p95) },
    };
  });
  return rules.map(({ alarms }) => measured.some(alarms));
}

function p95(values: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.95);
}

function ratioOfP95({ baseline, candidate }: MeasuredEndpoint['requests']): number {
  return p95(candidate) / p95(baseline);
}

function welchAlarms({ baseline, candidate }: MeasuredEndpoint['blocks']): boolean {
  return (welchTest(baseline, candidate)?.pGreater ?? 1) < ALPHA;
}

function pairedAlarms({ baseline, candidate }: MeasuredEndpoint['blocks']): boolean {
  const moments = momentsOf(candidate.map((value, index) => Math.log(value / (baseline[index] ?? value))));
  if (moments === undefined) return false;
  const { count, mean, variance } = moments;
  return studentUpper(mean / Math.sqrt(variance / count), count - 1) < ALPHA;
}

function kayentaAlarms({ baseline, candidate }: MeasuredEndpoint['blocks']): boolean {
  const { estimate, low } = shiftInterval(baseline, candidate, KAYENTA.z);
  return low > KAYENTA.tolerance * Math.abs(estimate);
}
