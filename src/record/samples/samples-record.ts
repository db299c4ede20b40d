import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { SamplesRecord } from '../request-record.ts';
import type { Samples } from './sample-columns.ts';
import { type Durations, type SUMMARY_COLUMNS, summariseRequests } from './summarise-requests.ts';

/** A phase with its times, in milliseconds since the epoch. */
export interface PhaseTimes {
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What `run.json` says of a file of samples. @param samples of the file, at least one. */
export function samplesRecordOf(
  path: string,
  samples: Samples<(typeof SUMMARY_COLUMNS)[number]>,
  phases: readonly PhaseTimes[],
): SamplesRecord {
  return {
    file: basename(path),
    count: samples.count,
    from: isoTime(samples.due[0]),
    to: isoTime(samples.due.at(-1)),
    sizeBytes: statSync(path).size,
    requests: summariseRequests(samples, durationsOf(samples.due, phases)),
  };
}

function durationsOf(due: Float64Array, phases: readonly PhaseTimes[]): Durations {
  const startedAt = phases[0]?.startedAt ?? due[0] ?? 0;
  const endedAt = Math.max(startedAt, phases.at(-1)?.endedAt ?? 0, due.at(-1) ?? 0);
  const seconds = new Map<string, number>();
  for (const { name, ...phase } of phases) {
    seconds.set(name, (seconds.get(name) ?? 0) + (phase.endedAt - phase.startedAt) / 1000);
  }
  return { run: (endedAt - startedAt) / 1000, phases: seconds };
}

function isoTime(epochMs: number | undefined): string {
  return new Date(epochMs ?? 0).toISOString();
}
