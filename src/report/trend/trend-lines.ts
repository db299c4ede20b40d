import type { TrendChange, TrendFindings } from '../../gate/trend/index.ts';
import { FEWEST_RUNS } from '../../gate/trend/index.ts';
import { formatNumber } from '../number-format.ts';

/** What a history tells, a sentence each: how much was looked at, then every change in the order of time, then what it is worth. */
export function trendLines(findings: TrendFindings): string[] {
  const { runs, changes, followed, marks, alpha } = findings;
  if (followed === 0) return [tooFew(findings), ...leftOutLines(findings)];
  const sure = `In a history without any change, one is said in ${formatNumber(alpha * 100)} % of all cases. Advisory: this says since when, not why.`;
  return [
    `${formatNumber(followed)} figures of ${runs.length} runs, ${dayOf(runs[0])} to ${dayOf(runs.at(-1))}: ${changes.length === 0 ? 'no change.' : `${formatNumber(changes.length)} changes.`}`,
    ...changes.map(changeLine),
    ...marks.map(({ run, what }) => `Not the same from ${run} on: ${what}.`),
    ...leftOutLines(findings),
    sure,
  ];
}

/** One change in a sentence. */
export function changeLine(change: TrendChange): string {
  const { kind, metric, target, run, before, after } = change;
  const name = `${metric} of ${target.kind === 'all requests' ? 'all requests' : target.name}`;
  const values = `from ${valueText(change, before)} to ${valueText(change, after)}, ${shareText(change)}`;
  const commit = run.commit === undefined ? '' : `, commit ${run.commit.slice(0, 12)}`;
  return kind === 'drift'
    ? `${name} drifts over all of the runs ${values} (p ${pText(change)}).`
    : `${name} changed with ${run.name} (${dayOf(run)}${commit}) ${values} (p ${pText(change)}).`;
}

function tooFew({ runs }: TrendFindings): string {
  return runs.length < FEWEST_RUNS
    ? `${runs.length} runs that count are too few: a trend takes ${FEWEST_RUNS}.`
    : 'No figure is in enough of these runs to be followed.';
}

function leftOutLines({ leftOut }: TrendFindings): string[] {
  const byReason = new Map<string, string[]>();
  for (const { run, why } of leftOut) byReason.set(why, [...(byReason.get(why) ?? []), run]);
  return [...byReason].map(([why, names]) => `Left out, since ${why}: ${names.join(', ')}.`);
}

function valueText({ metric, target }: TrendChange, value: number): string {
  if (metric === 'error rate') return `${formatNumber(value * 100)} %`;
  return target.kind === 'custom metric' ? formatNumber(value) : `${formatNumber(value)} ms`;
}

function shareText({ metric, change }: TrendChange): string {
  const percent = Math.round(change * 1000) / 10;
  return `${percent < 0 ? '−' : '+'}${formatNumber(Math.abs(percent))} ${metric === 'error rate' ? 'pp' : '%'}`;
}

/** To the places that the number of shuffles gives. */
function pText({ p }: TrendChange): string {
  return p.toFixed(4).replace(/0+$/, '');
}

function dayOf(run: { readonly startedAt: string } | undefined): string {
  return run?.startedAt.slice(0, 10) ?? '';
}
