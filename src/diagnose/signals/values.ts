import type { EvidenceSeries } from '../evidence.ts';

/** What one or several series say of the steps of a run. */
export interface Signal {
  /** The metric whose lane shows it. */
  readonly lane: string;
  readonly values: Float64Array;
}

/** A level: where it is not known, as before, and at the beginning as first known. */
export function levelOf(series: EvidenceSeries, steps: number, scale = 1): Signal {
  const values = new Float64Array(steps);
  let last = series.values.find((value) => value !== null) ?? 0;
  for (let step = 0; step < steps; step += 1) {
    last = series.values[step] ?? last;
    values[step] = last * scale;
  }
  return { lane: series.metric, values };
}

/** How many are in a state that is told of only once somebody has been in it: before that, nobody was. */
export function numberOf(series: EvidenceSeries, steps: number): Signal {
  const known = series.values.findIndex((value) => value !== null);
  const { lane, values } = levelOf(series, steps);
  return { lane, values: values.fill(0, 0, Math.max(0, known)) };
}

/** A flow: where it is not known, nothing flowed. */
export function flowOf(series: EvidenceSeries, steps: number, scale = 1): Signal {
  return {
    lane: series.metric,
    values: Float64Array.from({ length: steps }, (_, at) => (series.values[at] ?? 0) * scale),
  };
}

/** Several signals as one; undefined without any. */
export function added(signals: readonly Signal[]): Signal | undefined {
  const [first] = signals;
  if (first === undefined) return undefined;
  const values = first.values.map((_, step) => signals.reduce((sum, signal) => sum + (signal.values[step] ?? 0), 0));
  return { lane: first.lane, values };
}

/** Of a unit of time in milliseconds. */
export function msOf(unit: string): number {
  if (unit === 'ms') return 1;
  return unit === 'us' ? 1e-3 : 1000;
}

/** Both series of a histogram or summary: how many a second, and the mean of each. */
interface Timed {
  rate?: EvidenceSeries;
  mean?: EvidenceSeries;
}

/** Time that passed in whatever a histogram measures, milliseconds per step, by the labels of each. */
export interface TimeSpent extends Signal {
  readonly labels: EvidenceSeries['labels'];
}

/**
 * Rates times means: by Little's law, the time that all of them took together.
 *
 * @param name of the metrics that count.
 */
export function timeSpent(
  series: readonly EvidenceSeries[],
  name: RegExp,
  steps: number,
  stepMs: number,
): readonly TimeSpent[] {
  const found = new Map<string, Timed>();
  for (const each of series) {
    if ((each.figure !== 'rate' && each.figure !== 'mean') || !name.test(each.metric)) continue;
    const key = `${each.system} ${each.metric} ${JSON.stringify(each.labels)}`;
    const timed = found.get(key) ?? {};
    timed[each.figure] = each;
    found.set(key, timed);
  }
  return [...found.values()].flatMap(({ rate, mean }) => {
    if (rate === undefined || mean === undefined) return [];
    const scale = (msOf(mean.unit) * stepMs) / 1000;
    const values = Float64Array.from(
      { length: steps },
      (_, at) => (rate.values[at] ?? 0) * (mean.values[at] ?? 0) * scale,
    );
    return [{ lane: mean.metric, labels: mean.labels, values }];
  });
}
