import type { RunRecord } from '../../record/index.ts';
import type { SystemRecord, SystemSeries } from '../../record/system/index.ts';
import type { AnswerKind } from '../../workload/schema/answer-kinds.ts';
import type { TimeSpan, TrialSamples } from '../capacity/index.ts';

/** What a test asks. */
export interface Question {
  readonly ask: string;
  readonly answer: AnswerKind;
  /** What has to hold, as an objective: of a breaking point and of a recovery. */
  readonly holds?: string | undefined;
}

/** Everything that an answer may be found in. */
export interface AnswerEvidence {
  readonly record: RunRecord;
  /** In the order of due; undefined: the engine gave none. */
  readonly samples: TrialSamples | undefined;
  /** undefined: nothing was watched. */
  readonly system: SystemRecord | undefined;
}

/** What a run says to its question. */
export type Answer = Pick<NonNullable<RunRecord['answer']>, 'text' | 'isAnswered' | 'figures'>;

/** That nothing was measured which would tell. */
export function unanswered(why: string): Answer {
  return { text: `It cannot be told: ${why}.`, isAnswered: false, figures: [] };
}

export type RunPhase = RunRecord['phases'][number];

/** When a phase was. One that was cut short ends with the run. */
export function spanOf({ startedAt, endedAt }: RunPhase, record: RunRecord): TimeSpan {
  return { from: Date.parse(startedAt), to: Date.parse(endedAt ?? record.endedAt) };
}

/** New users per second that a phase plans, the most where it changes; 0 for a pause. */
export function rateOf({ plan, plannedUsers, startedAt, endedAt }: RunPhase): number {
  if (plan.arrivalCount !== undefined && endedAt !== undefined) {
    return plannedUsers / Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000));
  }
  const rates = [plan.arrivalRate, plan.rampTo].map(Number).filter((rate) => rate > 0);
  return rates.length > 0 ? Math.max(...rates) : 0;
}

/** The phase with the highest rate; of equal ones the first. undefined: nobody came in any. */
export function busiestPhase({ phases }: RunRecord): RunPhase | undefined {
  return phases.reduce<RunPhase | undefined>(
    (most, phase) => (rateOf(phase) > (most === undefined ? 0 : rateOf(most)) ? phase : most),
    undefined,
  );
}

/** The series of a metric, those with these labels where any are named. */
export function seriesOf(
  system: SystemRecord | undefined,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): SystemSeries[] {
  return (system?.series ?? []).filter(
    (series) =>
      series.metric === metric && Object.entries(labels).every(([name, value]) => series.labels[name] === value),
  );
}

/** The values of a series in a stretch of time, those that are known. */
export function valuesIn(series: SystemSeries, system: SystemRecord, span?: TimeSpan): number[] {
  const start = Date.parse(system.startedAt);
  return series.values.filter((value, index): value is number => {
    const at = start + index * system.stepSeconds * 1_000;
    return value !== null && (span === undefined || (at >= span.from && at < span.to));
  });
}

/** Their sum, over several series, step by step; steps of which nothing is known are left out. */
export function summedValues(series: readonly SystemSeries[]): number[] {
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length }, (_, index) => {
    const known = series.flatMap(({ values }) => values[index] ?? []);
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
  }).filter((value) => value !== undefined);
}

export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
