import { NONE, outcomesOf } from '../../../record/samples/index.ts';
import { apdexOf } from '../shared/figures.ts';
import type { Figures, Quantiles, ScopeFigures } from '../shared/report-data.ts';
import type { Axis } from './axis.ts';
import type { ReportSamples } from './report-samples.ts';
import type { FaultColumn } from './sample-faults.ts';

/** The number of the row of a table that a sample counts in; -1: none. */
type Classify = (row: number) => number;

interface Measured {
  readonly samples: ReportSamples;
  readonly faults: FaultColumn;
  readonly apdexMs: number;
}

/**
 * Figures from the samples themselves for the whole run and each phase: all requests, each endpoint, each journey. Quantiles
 * are Hyndman and Fan's type 7.
 */
export function exactFigures(measured: Measured, axis: Axis): ScopeFigures[] {
  const { names, endpoint, journey } = measured.samples;
  const tables: readonly (readonly [kind: string, classes: number, classify: Classify])[] = [
    ['all', 1, () => 0],
    ['endpoint', names.endpoint.length, (row) => endpoint[row] ?? -1],
    ['journey', names.journey.length, (row) => journey[row] ?? -1],
  ];
  const phaseOf = phaseColumn(measured.samples, axis);
  const scopes = axis.phases.length + 1;
  const rows: Record<string, Figures>[] = Array.from({ length: scopes }, () => ({}));
  for (const [kind, classes, classify] of tables) {
    const whole = figuresByClass(measured, classes, classify);
    const phased = figuresByClass(measured, classes * axis.phases.length, (row) => {
      const [phase, number] = [phaseOf[row] ?? -1, classify(row)];
      return phase < 0 || number < 0 ? -1 : phase * classes + number;
    });
    [...whole, ...phased].forEach((figures, index) => {
      const key = kind === 'all' ? kind : `${kind}:${index % classes}`;
      const scope = rows[Math.floor(index / classes)];
      if (scope !== undefined) scope[key] = figures;
    });
  }
  const spans = [{ fromMs: 0, toMs: axis.bins * axis.binMs }, ...axis.phases];
  return spans.map(({ fromMs, toMs }, index) => ({ fromMs, toMs, rows: rows[index] ?? {} }));
}

function phaseColumn({ count, due }: ReportSamples, { startMs, phases }: Axis): Int16Array {
  const column = new Int16Array(count).fill(-1);
  for (let row = 0; row < count; row += 1) {
    const at = (due[row] ?? 0) - startMs;
    for (let phase = phases.length - 1; phase >= 0; phase -= 1) {
      const span = phases[phase];
      if (span === undefined || at < span.fromMs || at >= span.toMs) continue;
      column[row] = phase;
      break;
    }
  }
  return column;
}

function figuresByClass(measured: Measured, classes: number, classify: Classify): Figures[] {
  const { samples } = measured;
  const { isTimed } = outcomesOf(samples);
  const response = quantilesByClass(samples, classes, classify, (row) =>
    isTimed(row) ? samples.lastByte[row] : undefined,
  );
  const firstByte = quantilesByClass(samples, classes, classify, (row) =>
    isTimed(row) && samples.firstByte[row] !== NONE ? samples.firstByte[row] : undefined,
  );
  return countsByClass(measured, classes, classify).map((counts, index) => ({
    ...counts,
    response: response[index],
    firstByte: firstByte[index],
  }));
}

/** Micros of all classes in one array, sorted at once: the class in the high part of a number, the time in the low. */
const CLASS_FACTOR = 2 ** 32;

function quantilesByClass(
  { count }: ReportSamples,
  classes: number,
  classify: Classify,
  microsOf: (row: number) => number | undefined,
): (Quantiles | undefined)[] {
  const keys = new Float64Array(count);
  let length = 0;
  for (let row = 0; row < count; row += 1) {
    const number = classify(row);
    const micros = microsOf(row);
    if (number < 0 || micros === undefined) continue;
    keys[length] = number * CLASS_FACTOR + micros;
    length += 1;
  }
  const sorted = keys.subarray(0, length).sort();
  let at = 0;
  return Array.from({ length: classes }, (_, number) => {
    const from = at;
    while (at < length && (sorted[at] ?? 0) < (number + 1) * CLASS_FACTOR) at += 1;
    return quantilesOfSorted(sorted.subarray(from, at), number * CLASS_FACTOR);
  });
}

function quantilesOfSorted(keys: Float64Array, base: number): Quantiles | undefined {
  if (keys.length === 0) return undefined;
  const ms = (rank: number): number => ((keys[rank] ?? 0) - base) / 1000;
  const at = (probability: number): number => {
    const place = probability * (keys.length - 1);
    const rank = Math.floor(place);
    return place === rank ? ms(rank) : ms(rank) + (place - rank) * (ms(rank + 1) - ms(rank));
  };
  return { count: keys.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function countsByClass({ samples, faults, apdexMs }: Measured, classes: number, classify: Classify): Figures[] {
  const { isAnswered } = outcomesOf(samples);
  const column = (): Float64Array => new Float64Array(classes);
  const [requests, answers, errors, refused] = [column(), column(), column(), column()];
  const [down, up, satisfied, tolerated] = [column(), column(), column(), column()];
  for (let row = 0; row < samples.count; row += 1) {
    const number = classify(row);
    if (number < 0) continue;
    add(requests, number, 1);
    add(down, number, samples.bytesDown[row] ?? 0);
    add(up, number, samples.bytesUp[row] ?? 0);
    const fault = faults.kinds[faults.kind[row] ?? -1];
    const ms = (samples.lastByte[row] ?? 0) / 1000;
    if (isAnswered(row)) add(answers, number, 1);
    if (fault?.isError === true) add(errors, number, 1);
    else if (ms <= apdexMs) add(satisfied, number, 1);
    else if (ms <= 4 * apdexMs) add(tolerated, number, 1);
    if (fault?.isError === false) add(refused, number, 1);
  }
  return Array.from(requests, (count, index) => ({
    requests: count,
    answers: answers[index] ?? 0,
    errors: errors[index] ?? 0,
    refused: refused[index] ?? 0,
    bytesDown: down[index] ?? 0,
    bytesUp: up[index] ?? 0,
    apdex: apdexOf(satisfied[index], tolerated[index], count),
  }));
}

function add(array: Float64Array, index: number, value: number): void {
  array[index] = (array[index] ?? 0) + value;
}
