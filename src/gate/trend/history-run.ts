import type { RunRecord } from '../../record/index.ts';
import { createRandom } from '../../stats/index.ts';
import type { Target } from '../regression/block.ts';
import type { RunIdentity } from '../regression/comparability.ts';
import { measureRun } from '../regression/measure-run.ts';
import { fewestFor } from '../regression/metric-values.ts';
import { identityOf } from '../regression/run-identity.ts';
import { type ComparedSamples, storedRunOf } from '../regression/stored-run-of.ts';
import type { StoredTarget } from '../regression/stored-target.ts';

/** What is followed from run to run. */
export type HistoryMetric = 'p50' | 'p95' | 'error rate';

/** One figure of one run. */
export interface HistoryFigure {
  readonly target: Target;
  readonly metric: HistoryMetric;
  /** Milliseconds or the unit of a custom metric, above 0; of an error rate 0–1. */
  readonly value: number;
}

/** One run in a history, as far as it is followed. */
export interface HistoryRun {
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly commit?: string;
  readonly identity: RunIdentity;
  /** Why its figures say nothing; absent: they count. */
  readonly unfit?: string;
  readonly figures: readonly HistoryFigure[];
}

/** Measures a run for a history. @param samples undefined: there are none. @param warmUpSec left out at its beginning. */
export function historyRunOf(
  name: string,
  record: RunRecord,
  samples: ComparedSamples | undefined,
  warmUpSec: number,
): HistoryRun {
  const unfit = samples === undefined || samples.count === 0 ? 'it has no samples.arrow' : whyUnfit(record);
  const { commit } = record.environment;
  const run = {
    name,
    startedAt: record.startedAt,
    identity: identityOf(record),
    ...(commit === undefined ? {} : { commit }),
  };
  if (unfit !== undefined || samples === undefined) return { ...run, unfit: unfit ?? '', figures: [] };
  // Nothing is drawn: a history has its own scatter.
  const options = { warmUpSec, random: createRandom(name), resamples: 0 };
  const { targets } = measureRun(storedRunOf(name, record, samples), options);
  return { ...run, figures: targets.flatMap(figuresOf) };
}

function whyUnfit({ ending, validity }: RunRecord): string | undefined {
  if (ending.how !== 'completed') return `it was ${ending.how}`;
  if (ending.faults.length > 0) return ending.faults[0];
  return validity?.outcome === 'not valid' ? 'it is not valid: its generator was the bottleneck' : undefined;
}

/** A journey is followed by its endpoints; of a custom metric the middle is enough. */
function figuresOf(measured: StoredTarget): HistoryFigure[] {
  const { target, requests, errors, values } = measured;
  if (target.kind === 'journey') return [];
  const quantiles = target.kind === 'custom metric' ? (['p50'] as const) : (['p50', 'p95'] as const);
  const times = quantiles.flatMap((metric): HistoryFigure[] => {
    const value = values < fewestFor(metric) ? undefined : measured.figure(metric);
    return value === undefined || !(value > 0) ? [] : [{ target, metric, value }];
  });
  const isCounted = target.kind !== 'custom metric' && requests > 0;
  return isCounted ? [...times, { target, metric: 'error rate', value: errors / requests }] : times;
}
