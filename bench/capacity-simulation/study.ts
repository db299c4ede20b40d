import { createRandom } from 'proving-ground/stats/random.ts';
import { type Found, PROCEDURES } from './procedures.ts';
import { drawSystem, KINDS } from './systems.ts';

/** Searches that are alike. */
export interface StudyCell {
  readonly kind: string;
  readonly procedure: string;
  readonly searches: number;
  /** Searches that gave an answer. */
  readonly answered: number;
  /** Of all searches: within 5 and 10 % of the truth. */
  readonly within5: number;
  readonly within10: number;
  /** Of the intervals that were given: how many hold the truth. */
  readonly intervals: number;
  readonly covered: number;
  /** Means over all searches: trials, and half the width of the interval over the estimate. */
  readonly meanTrials: number;
  readonly meanHalfWidth: number | undefined;
  /** Most trials of any search. */
  readonly mostTrials: number;
  /** Middle one of all answers over the truth. */
  readonly medianRatio: number | undefined;
}

/** Simulates one cell after the other. The same seed gives the same systems, also to every procedure. */
export async function* runStudy(seed: string, searches: number): AsyncGenerator<StudyCell> {
  for (const kind of KINDS) {
    for (const procedure of PROCEDURES) {
      const results: Result[] = [];
      for (let index = 0; index < searches; index += 1) {
        const label = `${seed}: ${kind.name}: ${index + 1}`;
        const system = drawSystem(kind, createRandom(label));
        results.push({ truthPerSec: system.capacityPerSec, found: await procedure.run(system, label) });
      }
      yield cellOf(kind.name, procedure.name, results);
    }
  }
}

interface Result {
  readonly truthPerSec: number;
  readonly found: Found;
}

function cellOf(kind: string, procedure: string, results: readonly Result[]): StudyCell {
  const ratios = results
    .flatMap(({ truthPerSec, found }) => (found.perSec === undefined ? [] : [found.perSec / truthPerSec]))
    .sort((a, b) => a - b);
  const within = (share: number): number => ratios.filter((ratio) => Math.abs(ratio - 1) <= share).length;
  const intervals = results.flatMap(({ truthPerSec, found: { perSec, interval } }) =>
    perSec === undefined || interval === undefined ? [] : [{ truthPerSec, perSec, ...interval }],
  );
  const trials = results.map(({ found }) => found.trials);
  return {
    kind,
    procedure,
    searches: results.length,
    answered: ratios.length,
    within5: within(0.05),
    within10: within(0.1),
    intervals: intervals.length,
    covered: intervals.filter(({ truthPerSec, low, high }) => low <= truthPerSec && truthPerSec <= high).length,
    meanTrials: meanOf(trials) ?? 0,
    meanHalfWidth: meanOf(intervals.map(({ perSec, low, high }) => (high - low) / 2 / perSec)),
    mostTrials: Math.max(...trials),
    medianRatio: ratios[Math.floor(ratios.length / 2)],
  };
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
