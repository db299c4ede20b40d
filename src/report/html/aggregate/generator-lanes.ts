import type { RunRecord } from '../../../record/index.ts';
import type { Lane, StepSeries } from '../shared/report-data.ts';

type GeneratorSecond = NonNullable<RunRecord['generator']>[number];

/** What the record says about the generator, as lanes; none for a run whose generator was not looked at. */
export function generatorLanes(record: RunRecord, startMs: number): Lane[] {
  const seconds = record.generator ?? [];
  if (seconds.length === 0) return [];
  const offsetMs = firstPhaseMs(record, startMs) - startMs;
  const worst = (pick: (second: GeneratorSecond) => number | undefined): StepSeries =>
    secondSeries(seconds, offsetMs, pick, Math.max);
  const lane = (id: string, title: string, unit: string, series: Lane['series'], fromMs: number): Lane => ({
    id,
    title,
    unit,
    group: 'generator',
    fromMs,
    stepMs: 1000,
    series,
    invalid: invalidSpans(record, offsetMs),
  });
  const busy = worst(({ utilisation }) => utilisation * 100);
  const processor = worst(({ cpu }) => cpu * 100);
  const delay = worst(({ delayP99Ms }) => delayP99Ms);
  const longest = worst(({ delayMaxMs }) => delayMaxMs);
  const sendLag = worst(({ sendLagP99Ms }) => sendLagP99Ms);
  return [
    lane(
      'generator-load',
      'How busy the generator was',
      '%',
      [
        { name: 'event loop, busiest worker', values: busy.values },
        { name: 'processor, busiest worker', values: processor.values },
        ...machineSeries(record, busy.fromMs - offsetMs, busy.values.length),
      ],
      busy.fromMs,
    ),
    lane(
      'generator-delay',
      'How late the generator was',
      'ms',
      [
        { name: 'event loop p99', values: delay.values },
        { name: 'event loop max', values: longest.values },
        ...(sendLag.values.some((value) => value !== null) ? [{ name: 'sending p99', values: sendLag.values }] : []),
      ],
      delay.fromMs,
    ),
  ];
}

/** Users that arrived in each second, all workers together; undefined where nobody counted. */
export function arrivalsBySecond(record: RunRecord, startMs: number): StepSeries | undefined {
  const seconds = record.generator ?? [];
  if (seconds.length === 0) return undefined;
  const offsetMs = firstPhaseMs(record, startMs) - startMs;
  return secondSeries(
    seconds,
    offsetMs,
    ({ arrivals, spanMs }) => (arrivals * 1000) / spanMs,
    (a, b) => a + b,
  );
}

function firstPhaseMs({ phases }: RunRecord, startMs: number): number {
  return phases[0] === undefined ? startMs : Date.parse(phases[0].startedAt);
}

interface Second {
  readonly at: number;
  readonly spanMs: number;
  readonly worker?: number;
}

/** One value for each second from spans of about a second; a longer span holds for each second that it covers. */
function secondSeries<S extends Second>(
  seconds: readonly S[],
  offsetMs: number,
  pick: (second: S) => number | undefined | null,
  merge: (a: number, b: number) => number,
): StepSeries {
  const first = Math.floor(seconds.reduce((least, { at }) => Math.min(least, at), Infinity));
  const byWorker = new Map<string, number>();
  const values: (number | null)[] = [];
  for (const second of seconds) {
    const value = pick(second);
    if (value === undefined || value === null) continue;
    const from = Math.round(second.at) - first;
    const to = Math.max(from + 1, Math.round(second.at + second.spanMs / 1000) - first);
    for (let at = from; at < to; at += 1) {
      // Two spans of one worker may be rounded to the same second: the later one counts.
      const key = `${at} ${second.worker ?? 0}`;
      if (byWorker.has(key)) continue;
      byWorker.set(key, value);
      const present = values[at];
      values[at] = rounded(present === undefined || present === null ? value : merge(present, value));
    }
  }
  return { fromMs: offsetMs + first * 1000, stepMs: 1000, values: Array.from(values, (value) => value ?? null) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

/** All processors of the machine, shifted to the beginning of the other series of the lane. */
function machineSeries({ machine = [] }: RunRecord, fromMs: number, length: number): Lane['series'] {
  const known = machine.filter(({ cpu }) => cpu !== null);
  if (known.length === 0) return [];
  const series = secondSeries(
    known,
    0,
    ({ cpu }) => (cpu === null ? null : cpu * 100),
    (_, later) => later,
  );
  const shift = Math.round((series.fromMs - fromMs) / 1000);
  const values = Array.from({ length }, (_, index) => series.values[index - shift] ?? null);
  return [{ name: 'all processors of the machine', values }];
}

function invalidSpans({ validity }: RunRecord, offsetMs: number): Lane['invalid'] {
  const bad = validity?.findings.filter(({ outcome }) => outcome === 'not valid') ?? [];
  return bad.flatMap(({ text, intervals }) =>
    intervals.map(({ from, to }) => ({ fromMs: offsetMs + from * 1000, toMs: offsetMs + to * 1000, reason: text })),
  );
}
