import { type PhaseTimes, readSamples, type Samples, SUMMARY_COLUMNS } from 'proving-ground/record/samples/index.ts';
import type { RunOutput } from './run-output.ts';

/** The samples of the run that ends, with what is needed to judge and to sum it up. */
export interface RunSamples {
  readonly path: string;
  readonly samples: Samples<(typeof SUMMARY_COLUMNS)[number]>;
}

/** What is left of the samples at the end of a run. */
export interface SamplesRead {
  /** Undefined: the engine gave none, or they cannot be read. */
  readonly samples: RunSamples | undefined;
  /** What went wrong; a run whose samples are not whole does not pass. */
  readonly faults: readonly string[];
}

/** Ends the file of samples and reads it. */
export function readOwnSamples(output: RunOutput): SamplesRead {
  const writing = output.fault();
  const faults = writing === undefined ? [] : [writing];
  try {
    const ended = output.endSamples();
    if (ended === undefined) return { samples: undefined, faults };
    const { path, count } = ended;
    return { samples: { path, samples: readSamples(path, SUMMARY_COLUMNS, count) }, faults };
  } catch (thrown) {
    return { samples: undefined, faults: [...faults, `the samples cannot be read: ${messageOf(thrown)}`] };
  }
}

/** Phases as the recorder has them; one that was cut short ends now. */
export function phaseTimes(
  phases: readonly { readonly name: string; readonly startedAt: number; readonly endedAt: number | undefined }[],
  now: number,
): PhaseTimes[] {
  return phases.map(({ name, startedAt, endedAt }) => ({ name, startedAt, endedAt: endedAt ?? now }));
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
