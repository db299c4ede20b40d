import { NONE, outcomesOf, type Samples } from '../../record/samples/index.ts';
import { type Sketch, summarise } from '../../stats/index.ts';
import { quantileOf } from '../../stats/sketch.ts';
import type { Distribution, Target, TargetFigures } from './block.ts';
import { distributionOf } from './distribution-of.ts';

/** The columns that the figures of a block are read from. */
export const BLOCK_COLUMNS = ['due', 'queued', 'lastByte', 'status', 'error', 'journey', 'endpoint'] as const;

type BlockSamples = Samples<(typeof BLOCK_COLUMNS)[number]>;

/** The time that counts, milliseconds since the epoch: from the end of the warm-up to the end of the last phase. */
export interface MeasuredTime {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

/** What the samples of a block say. */
export interface SampleFigures {
  readonly figures: readonly TargetFigures[];
  /** p99 of how late requests were begun, milliseconds; undefined: not one was measured. */
  readonly latenessP99Ms: number | undefined;
}

/**
 * Figures of all requests, of every endpoint and of every journey, from requests that were due in the time that counts. One that was due
 * before, or while users finish afterwards, is left out: the window is the same for both sides.
 */
export function figuresFromSamples(samples: BlockSamples, { from, to }: MeasuredTime): SampleFigures {
  const rows = Array.from({ length: samples.count }, (_, row) => row).filter((row) => {
    const due = samples.due[row] ?? 0;
    return due >= from && due < to;
  });
  const { endpoint, journey } = samples.names;
  const figures = [
    figuresOf(samples, rows, { kind: 'all requests', name: 'All requests' }),
    ...byName(samples, rows, 'endpoint').map(([id, own]) =>
      figuresOf(samples, own, { kind: 'endpoint', name: endpoint[id] ?? '' }),
    ),
    ...byName(samples, rows, 'journey').map(([id, own]) =>
      figuresOf(samples, own, { kind: 'journey', name: journey[id] ?? '' }),
    ),
  ];
  const late = distributionOf(rows.flatMap((row) => msOf(samples.queued[row]) ?? []));
  return { figures, latenessP99Ms: late?.p99 };
}

function byName(samples: BlockSamples, rows: readonly number[], column: 'endpoint' | 'journey'): [number, number[]][] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const id = samples[column][row] ?? -1;
    if (id < 0) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function figuresOf(samples: BlockSamples, rows: readonly number[], target: Target): TargetFigures {
  const outcomes = outcomesOf(samples);
  const timed = rows.filter((row) => outcomes.isTimed(row));
  const response = distributionOf(timed.flatMap((row) => msOf(samples.lastByte[row]) ?? []));
  const service = distributionOf(
    timed.flatMap((row) => {
      const [end, start] = [msOf(samples.lastByte[row]), msOf(samples.queued[row])];
      return end === undefined || start === undefined ? [] : [end - start];
    }),
  );
  return {
    target,
    requests: rows.length,
    errors: rows.filter((row) => outcomes.isFailed(row)).length,
    ...(response === undefined ? {} : { response }),
    ...(service === undefined ? {} : { service }),
  };
}

function msOf(micros: number | undefined): number | undefined {
  return micros === undefined || micros === NONE ? undefined : micros / 1000;
}

/** Metrics of Artillery, its plugins and the generator, which endpoints and journeys tell better. */
const NOT_CUSTOM = /^(?:http|vusers|plugins|generator|browser|errors|engine|websocket|socketio)\./;

/** Whether a metric is one of the test itself. */
export function isCustomMetric(name: string): boolean {
  return !NOT_CUSTOM.test(name);
}

/** Figures of the custom metrics, from the histograms of the phases that count; within 1 %. */
export function figuresFromHistograms(histograms: Readonly<Record<string, Sketch>>): TargetFigures[] {
  return Object.entries(histograms)
    .filter(([name, { count }]) => isCustomMetric(name) && count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sketch]) => ({
      target: { kind: 'custom metric', name },
      requests: sketch.count,
      errors: 0,
      ...responseOf(sketch),
    }));
}

function responseOf(sketch: Sketch): { response?: Distribution } {
  const summary = summarise(sketch);
  if (summary === undefined) return {};
  const { count, mean, p50, p95, p99 } = summary;
  return { response: { count, p10: quantileOf(sketch, 0.1), p50, p95, p99, mean } };
}
