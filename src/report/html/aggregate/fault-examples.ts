import type { RunRecord } from '../../../record/index.ts';
import type { FaultExample } from './sample-faults.ts';

/**
 * Examples of what went wrong: those that the run itself kept, with what was said, and the first samples of kinds of which it
 * kept none. One kind after the other.
 */
export function faultExamples({ errorExamples = [] }: RunRecord, ofSamples: readonly FaultExample[]): FaultExample[] {
  const kept = errorExamples.map(
    ({ kind, endpoint, journey, at, afterMs, said }): FaultExample => ({
      ...{ kind, endpoint, journey, atMs: Date.parse(at), afterMs, said },
    }),
  );
  const known = new Set(kept.map(({ kind }) => kind));
  const byKind = Map.groupBy([...kept, ...ofSamples.filter(({ kind }) => !known.has(kind))], ({ kind }) => kind);
  return [...byKind.values()].flat();
}
