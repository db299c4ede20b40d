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
/**
 * Below this nothing is said of an hour, in hours: a heap that the garbage collector has had no reason to sweep yet grows within
 * minutes as fast as the worst leak, and then no more.
 */
const LEAST_HOURS = 0.5;

/** The course of something that is watched, after its warm-up. */
interface Trend {
  readonly watched: Watched;
  /** By the hour. */
  readonly slope: Slope;
  readonly mean: number;
  /** How long it was watched. */
  readonly hours: number;
}

/**
 * How much memory, descriptors, connections and response times grow, with intervals, after the warm-up: in an hour, and of a run that
 * is too short for that in the time that it was watched.
 */
export function leak(evidence: AnswerEvidence): Answer {
  const trends = watchedIn(evidence).flatMap((watched) => trendOf(watched) ?? []);
  if (trends.length === 0) return unanswered('nothing that could leak was watched for long enough');
  const { hours, words, unitOf, nothing, caution } = horizonOf(Math.max(...trends.map((trend) => trend.hours)));
  const changes = trends.map((trend) => ({ ...trend, change: scaled(trend.slope, hours) }));
  const leaks = changes.filter(({ slope: { low, slope }, mean }) => low > 0 && slope > LEAK_SHARE * mean);
  const lines = (leaks.length === 0 ? changes : leaks).map(({ watched, change }) => changeText(watched, change));
  const first = leaks.length === 0 ? nothing : `${leaks.map(({ watched }) => watched.name).join(', ')} grows`;
  return {
    isAnswered: true,
    text: `${capitalised(first)}. Change ${words}, with its interval of 95 %: ${lines.join('; ')}.${caution}`,
    figures: changes.map(({ watched, change }) => ({
      ...{ name: `${watched.name} ${words}`, value: change.slope, low: change.low, high: change.high },
      unit: unitOf(watched.unit),
    })),
  };
}

/** The time that growth is told for, and how. */
interface Horizon {
  readonly hours: number;
  readonly words: string;
  readonly unitOf: (unit: string) => string;
  /** What is said where nothing grows. */
  readonly nothing: string;
  /** What is said at the end. */
  readonly caution: string;
}

/** An hour, or of a run that is too short for that the time that it was watched. */
function horizonOf(watchedHours: number): Horizon {
  if (watchedHours >= LEAST_HOURS) {
    const unitOf = (unit: string): string => (unit === '' ? '1/h' : `${unit}/h`);
    return { hours: 1, words: 'per hour', unitOf, nothing: 'Nothing leaks', caution: '' };
  }
  const caution = ` What fills up once looks like a leak for so long; ${LEAST_HOURS * 60} minutes at least would tell.`;
  const words = `in ${timeText(watchedHours)}`;
  return { hours: watchedHours, words, unitOf: (unit) => unit, nothing: 'Nothing grows', caution };
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

function trendOf(watched: Watched): Trend | undefined {
  const { values, factor, stepSeconds } = watched;
  const steady = values.slice(warmUpCount(values)).map((value) => value * factor);
  const size = Math.max(1, Math.floor(steady.length / BATCHES));
  const batches = batchMeans(steady, size);
  if (batches.length < LEAST_BATCHES) return undefined;
  const slope = senSlope(batches);
  if (slope === undefined) return undefined;
  const perHour = 3_600 / (size * stepSeconds);
  const hours = (steady.length * stepSeconds) / 3_600;
  return { watched, slope: scaled(slope, perHour), mean: meanOf(steady) ?? 0, hours };
}

function scaled({ slope, low, high }: Slope, factor: number): Slope {
  return { slope: slope * factor, low: low * factor, high: high * factor };
}

/** A tenth at least: everything fills up at first. Where no steady part is found, that is what there is to say: a third. */
function warmUpCount(values: readonly number[]): number {
  const warmUp = warmUpOf(values);
  const least = Math.ceil(values.length / 10);
  return warmUp.kind === 'ends'
    ? Math.max(least, Math.min(warmUp.count, Math.ceil(values.length / 3)))
    : Math.ceil(values.length / 3);
}

function changeText({ name, unit }: Watched, { slope, low, high }: Slope): string {
  const shown = unit === '' ? '' : ` ${unit}`;
  return `${name} ${signed(slope)}${shown} (${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${number(value)}`;
}

function timeText(hours: number): string {
  const minutes = hours * 60;
  return minutes < 1 ? `${number(minutes * 60)} s` : `${Math.floor(minutes)} min`;
}
