import type { RunRecord } from '../../../record/index.ts';
import { NONE, outcomesOf } from '../../../record/samples/index.ts';
import type { Group, ReportData } from '../shared/report-data.ts';
import { sampleAxis } from './axis.ts';
import { exactFigures } from './exact-figures.ts';
import { requestsInFlight } from './in-flight.ts';
import type { ReportSamples } from './report-samples.ts';
import { cellsByGroup } from './sample-cells.ts';
import { type FaultColumn, type FaultExample, faultColumn, sampleFaults } from './sample-faults.ts';
import { countByBin, type SampleRows, sampleGroups, sampleRows } from './sample-rows.ts';

/** The part of a report's data that comes from requests. */
export type RequestData = Pick<
  ReportData,
  | 'source'
  | 'startMs'
  | 'binMs'
  | 'bins'
  | 'phases'
  | 'endpoints'
  | 'journeys'
  | 'faultKinds'
  | 'groups'
  | 'inFlight'
  | 'lateness'
  | 'exact'
> & { readonly examples: readonly FaultExample[] };

/** Adds up samples by bin, endpoint and journey. There must be at least one. */
export function fromSamples(record: RunRecord, samples: ReportSamples, apdexMs: number): RequestData {
  const grouped = sampleGroups(samples);
  const axis = sampleAxis(record, samples.due[0] ?? 0, lastEnd(samples), grouped.groups.length);
  const rows = sampleRows(samples, grouped, axis);
  const column = faultColumn(samples);
  const faults = sampleFaults(samples, rows, column);
  const allInOne = { group: new Int32Array(samples.count), bin: rows.bin };
  const [lateness] = cellsByGroup(allInOne, 1, axis.bins, (row) => millis(samples.queued[row]));
  return {
    source: 'samples',
    ...axis,
    endpoints: samples.names.endpoint,
    journeys: samples.names.journey,
    faultKinds: faults.kinds,
    groups: groupsOf(samples, rows, column, apdexMs, axis.bins).map((group, index) => ({
      ...group,
      faults: faults.byGroup[index] ?? [],
    })),
    inFlight: requestsInFlight(samples, axis),
    lateness,
    exact: exactFigures({ samples, faults: column, apdexMs }, axis),
    examples: faults.examples,
  };
}

function groupsOf(
  samples: ReportSamples,
  rows: SampleRows,
  { kinds, kind }: FaultColumn,
  apdexMs: number,
  bins: number,
): Omit<Group, 'faults'>[] {
  const isGood = (row: number): boolean => kinds[kind[row] ?? -1]?.isError !== true;
  const within = (row: number, ms: number): boolean => isGood(row) && (samples.lastByte[row] ?? 0) <= ms * 1000;
  const { isAnswered, isTimed } = outcomesOf(samples);
  const count = (weightOf: (row: number) => number): Uint32Array[] => countByBin(rows, rows.bin, bins, weightOf);
  const requests = count(() => 1);
  const answers = countByBin(rows, rows.endBin, bins, (row) => Number(isAnswered(row)));
  const bytesDown = count((row) => samples.bytesDown[row] ?? 0);
  const bytesUp = count((row) => samples.bytesUp[row] ?? 0);
  const satisfied = count((row) => Number(within(row, apdexMs)));
  const tolerated = count((row) => Number(!within(row, apdexMs) && within(row, 4 * apdexMs)));
  const response = cellsByGroup(rows, rows.groups.length, bins, (row) =>
    isTimed(row) ? millis(samples.lastByte[row]) : undefined,
  );
  const firstByte = cellsByGroup(rows, rows.groups.length, bins, (row) =>
    isTimed(row) ? millis(samples.firstByte[row]) : undefined,
  );
  return rows.groups.map((group, index) => ({
    ...group,
    requests: requests[index] ?? new Uint32Array(bins),
    answers: answers[index] ?? new Uint32Array(bins),
    bytesDown: bytesDown[index],
    bytesUp: bytesUp[index],
    satisfied: satisfied[index],
    tolerated: tolerated[index],
    response: response[index],
    firstByte: firstByte[index],
  }));
}

function millis(micros: number | undefined): number | undefined {
  return micros === undefined || micros === NONE ? undefined : micros / 1000;
}

function lastEnd({ count, due, lastByte }: ReportSamples): number {
  let last = 0;
  for (let row = 0; row < count; row += 1) last = Math.max(last, (due[row] ?? 0) + (lastByte[row] ?? 0) / 1000);
  return last;
}
