import { outcomesOf } from '../../record/samples/index.ts';
import { batchMeans, type Slope, senSlope, warmUpOf } from '../../stats/index.ts';
import type { TrialSamples } from '../capacity/index.ts';
import { type Answer, type AnswerEvidence, meanOf, seriesOf, unanswered } from './evidence.ts';
import { capitalised, number } from './words.ts';

/** Something that must not grow for hours: where it is found, and its unit for people. */
interface Watched {
  readonly name: string;
  readonly unit: string;
  /** Of a hidden unit into that one. */
  readonly factor: number;
  readonly values: readonly number[];
  readonly stepSeconds: number;
}

/** A trend over more batches says the same, and neighbours would know of each other. */
const BATCHES = 24;
const LEAST_BATCHES = 8;
const BYTES_PER_MB = 1_000_000;
/** A growth below this share of the mean in an hour is told, and is no leak. */
const LEAK_SHARE = 0.02;

/** How much memory, descriptors, connections and response times grow in an hour, with intervals, after the warm-up. */
export function leak(evidence: AnswerEvidence): Answer {
  const trends = watchedIn(evidence).flatMap((watched) => {
    const trend = trendPerHour(watched);
    return trend === undefined ? [] : [{ watched, ...trend }];
  });
  if (trends.length === 0) return unanswered('nothing that could leak was watched for long enough');
  const leaks = trends.filter(({ slope: { low, slope }, mean }) => low > 0 && slope > LEAK_SHARE * mean);
  const lines = (leaks.length === 0 ? trends : leaks).map(({ watched, slope }) => slopeText(watched, slope));
  const first = leaks.length === 0 ? 'Nothing leaks' : `${leaks.map(({ watched }) => watched.name).join(', ')} grows`;
  return {
    isAnswered: true,
    text: `${capitalised(first)}. Change per hour, with its interval of 95 %: ${lines.join('; ')}.`,
    figures: trends.map(({ watched, slope }) => ({
      ...{ name: `${watched.name} per hour`, value: slope.slope, low: slope.low, high: slope.high },
      unit: `${watched.unit}/h`.replace(/^\//, '1/'),
    })),
  };
}

function watchedIn({ record, samples, system }: AnswerEvidence): Watched[] {
  const stepSeconds = system?.stepSeconds ?? 1;
  const known = (series: ReturnType<typeof seriesOf>[number]): number[] =>
    series.values.filter((value) => value !== null);
  const processes = ['process.memory', 'process.descriptors'].flatMap((metric) =>
    seriesOf(system, metric).map((series) => ({
      name: `${metric === 'process.memory' ? 'memory' : 'descriptors'} of ${series.system}`,
      unit: metric === 'process.memory' ? 'MB' : '',
      factor: metric === 'process.memory' ? 1 / BYTES_PER_MB : 1,
      values: known(series),
      stepSeconds,
    })),
  );
  const connections = seriesOf(system, 'postgres.connections_used').map((series) => ({
    ...{ name: `connections of ${series.system}`, unit: 'points of %', factor: 1, values: known(series), stepSeconds },
  }));
  const latency = samples === undefined ? [] : [medianTimes(samples, record.phases[0]?.startedAt)];
  return [...processes, ...connections, ...latency];
}

const TIME_STEP_SEC = 10;

/** The median response time of each ten seconds: what a leak does to people. */
function medianTimes(samples: TrialSamples, startedAt: string | undefined): Watched {
  const start = startedAt === undefined ? (samples.due[0] ?? 0) : Date.parse(startedAt);
  const { isTimed } = outcomesOf(samples);
  const steps = new Map<number, number[]>();
  for (let row = 0; row < samples.count; row += 1) {
    if (!isTimed(row)) continue;
    const step = Math.floor(((samples.due[row] ?? 0) - start) / (TIME_STEP_SEC * 1_000));
    const own = steps.get(step);
    if (own === undefined) steps.set(step, [samples.lastByte[row] ?? 0]);
    else own.push(samples.lastByte[row] ?? 0);
  }
  const values = [...steps]
    .sort(([a], [b]) => a - b)
    .map(([, times]) => (times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) / 1_000);
  return { name: 'median response time', unit: 'ms', factor: 1, values, stepSeconds: TIME_STEP_SEC };
}

function trendPerHour({ values, factor, stepSeconds }: Watched): { slope: Slope; mean: number } | undefined {
  const steady = values.slice(warmUpCount(values)).map((value) => value * factor);
  const size = Math.floor(steady.length / BATCHES);
  const batches = size >= 1 ? batchMeans(steady, size) : steady;
  if (batches.length < LEAST_BATCHES) return undefined;
  const slope = senSlope(batches);
  if (slope === undefined) return undefined;
  const perHour = 3_600 / (Math.max(1, size) * stepSeconds);
  return {
    slope: { slope: slope.slope * perHour, low: slope.low * perHour, high: slope.high * perHour },
    mean: meanOf(steady) ?? 0,
  };
}

/** A tenth at least: everything fills up at first. Where no steady part is found, that is what there is to say: a third. */
function warmUpCount(values: readonly number[]): number {
  const warmUp = warmUpOf(values);
  const least = Math.ceil(values.length / 10);
  return warmUp.kind === 'ends'
    ? Math.max(least, Math.min(warmUp.count, Math.ceil(values.length / 3)))
    : Math.ceil(values.length / 3);
}

function slopeText({ name, unit }: Watched, { slope, low, high }: Slope): string {
  const shown = unit === '' ? '' : ` ${unit}`;
  return `${name} ${signed(slope)}${shown} (${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${number(value)}`;
}
