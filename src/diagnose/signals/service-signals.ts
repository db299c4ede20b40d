import type { EvidenceSeries } from '../evidence.ts';
import { added, flowOf, levelOf, msOf, type Signal, type TimeSpent, timeSpent } from './values.ts';

/** What is known of a process that serves requests. undefined: nobody measured it. */
export interface ServiceSignals {
  /** Share of the time in which the event loop was busy, 0–1, as it tells itself: waiting for a processor counts. */
  readonly loopUtilisation: Signal | undefined;
  /**
   * Share of the time in which it was on a processor, 0–1: as long as the main thread of its process was, or, where only the process is measured, no longer
   * than all its threads; where not even that, the same as its utilisation.
   */
  readonly loopWork: Signal | undefined;
  /** By how much the loop was late, milliseconds; the highest quantile that is told. */
  readonly loopLag: Signal | undefined;
  /** The longest time in which the loop did not come back since it was last asked, milliseconds; at least what it was. */
  readonly longestStall: Signal | undefined;
  /** Share of the time spent in garbage collection, 0–1. */
  readonly gcShare: Signal | undefined;
  /** Memory that objects take, else that of the process, bytes. */
  readonly heap: Signal | undefined;
  /** Processor time of each system, in cores. */
  readonly cores: readonly (Signal & { readonly system: string })[];
  /** Share of all processors of a machine, 0–1, and how many it has. */
  readonly machine: (Signal & { readonly processors: number | undefined }) | undefined;
}

const LOOP_UTILISATION = /event_?loop_utili[sz]ation/i;
const LOOP_LAG = /event_?loop_(?:lag|delay)/i;
const GC = /(?:^|_)gc(?:_pause|_duration|_collection)*_seconds$/i;
const HEAP = /heap(?:_size)?_(?:used|inuse)(?:_bytes)?$|jvm_memory_used_bytes$/i;
const RESIDENT = /^process(?:_resident_memory_bytes|\.memory)$/;
const CORES = /^process(?:_cpu_seconds_total|\.cpu)$/;
const MAIN_THREAD = /^process\.main_thread$/;

/**
 * Finds the signals of services by the names that client libraries give them.
 *
 * @param processors of a machine that does not tell how many it has; undefined: not known.
 */
export function serviceSignals(
  series: readonly EvidenceSeries[],
  steps: number,
  stepMs: number,
  processors?: number,
): ServiceSignals {
  const first = (name: RegExp, figure: EvidenceSeries['figure'] = 'value'): EvidenceSeries | undefined =>
    series.find((each) => each.figure === figure && name.test(each.metric));
  const utilisation = first(LOOP_UTILISATION);
  const lag = series.find(({ metric }) => LOOP_LAG.test(metric) && /p99|max/.test(metric)) ?? first(LOOP_LAG);
  const stall = series.find(({ metric }) => LOOP_LAG.test(metric) && /max/.test(metric));
  const gc = added(timeSpent(series, GC, steps, stepMs));
  const heap = first(HEAP) ?? first(RESIDENT);
  const machine = series.find(({ metric }) => metric === 'machine.cpu');
  const cores = processorTime(series, CORES, steps);
  const loopUtilisation = utilisation && levelOf(utilisation, steps, percentScale(utilisation));
  const ofLoop = [...processorTime(series, MAIN_THREAD, steps), ...cores].find(
    ({ system }) => system === utilisation?.system,
  );
  return {
    loopUtilisation,
    loopWork: loopUtilisation && ofLoop ? onProcessor(loopUtilisation, ofLoop.values) : loopUtilisation,
    loopLag: lag && levelOf(lag, steps, msOf(lag.unit)),
    longestStall: stall && levelOf(stall, steps, msOf(stall.unit)),
    gcShare: gc && { ...gc, values: gc.values.map((ms) => ms / stepMs) },
    heap: heap && levelOf(heap, steps),
    cores,
    machine: machine && {
      ...levelOf(machine, steps, percentScale(machine)),
      processors: processorsOf(series, machine.system) ?? processors,
    },
  };
}

function processorsOf(series: readonly EvidenceSeries[], system: string): number | undefined {
  const told = series.find((each) => each.metric === 'machine.processors' && each.system === system);
  return told?.values.findLast((value) => value !== null) ?? undefined;
}

function percentScale({ unit }: EvidenceSeries): number {
  return unit === '%' ? 0.01 : 1;
}

/**
 * A loop that is told to be busy all of the time, in a process that used a third of a processor, waited two thirds of the time for one: it worked no
 * more than its process did. Whether it waited is seen over three steps, as one look may come later than the other.
 */
function onProcessor({ lane, values }: Signal, cores: Float64Array): Signal {
  const around = (all: Float64Array, step: number): number =>
    (all[step - 1] ?? 0) + (all[step] ?? 0) + (all[step + 1] ?? 0);
  return {
    lane,
    values: values.map((share, step) => {
      return around(cores, step) >= around(values, step) ? share : Math.min(1, cores[step] ?? 0);
    }),
  };
}

/** A service that tells its own processor time and is watched from outside is counted once: from outside, with its children. */
function processorTime(series: readonly EvidenceSeries[], name: RegExp, steps: number): ServiceSignals['cores'] {
  const found = new Map<string, EvidenceSeries>();
  for (const each of series) {
    if (!name.test(each.metric)) continue;
    if (!found.has(each.system) || each.kind === 'process') found.set(each.system, each);
  }
  return [...found].map(([system, each]) => ({ system, ...levelOf(each, steps) }));
}

/** Part of the answers' time that they told themselves (`Server-Timing`), milliseconds per step. */
export interface SpanSignal extends Signal {
  readonly endpoint: string;
  readonly part: string;
}

/** The parts of `Server-Timing` by endpoint. */
export function spanSignals(series: readonly EvidenceSeries[], steps: number, stepMs: number): readonly SpanSignal[] {
  const answers = new Map<string, EvidenceSeries>();
  const key = ({ labels }: EvidenceSeries): string => `${labels.endpoint} ${labels.part}`;
  for (const each of series) if (each.metric === 'server_timing.answers') answers.set(key(each), each);
  return series.flatMap((mean) => {
    const rate = answers.get(key(mean));
    const { endpoint, part } = mean.labels;
    if (mean.metric !== 'server_timing.mean' || rate === undefined || endpoint === undefined || part === undefined)
      return [];
    const perStep = flowOf(rate, steps, stepMs / 1000).values;
    const values = perStep.map((count, step) => count * (mean.values[step] ?? 0) * msOf(mean.unit));
    return [{ lane: `server_timing.mean ${part}`, endpoint, part, values }];
  });
}

const OUTGOING =
  /(?:client|outgoing|outbound|upstream|downstream|external|dependency|remote)_.*(?:duration|latency|seconds|time)/i;

/** Calls to other services, milliseconds per step, as client libraries measure them. */
export function outgoingSignals(
  series: readonly EvidenceSeries[],
  steps: number,
  stepMs: number,
): readonly TimeSpent[] {
  return timeSpent(
    series.filter(({ metric }) => !/pool|db_client/i.test(metric)),
    OUTGOING,
    steps,
    stepMs,
  );
}
