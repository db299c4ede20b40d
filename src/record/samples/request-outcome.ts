import type { SampleNames } from './sample-buffer.ts';

/** The error of a request whose answer took longer than the test waits. */
const TIMED_OUT = 'ETIMEDOUT';

/** The columns that tell how requests ended: of samples, or of a batch. */
export interface RequestEndings {
  readonly status: Uint16Array;
  readonly error: Int16Array;
  readonly names: Pick<SampleNames, 'error'>;
}

/** How the request in a row ended. */
export interface RequestOutcomes {
  /** It has an answer, and all of it arrived. */
  isAnswered(row: number): boolean;
  /**
   * Its response time counts in quantiles: it was answered, or it timed out, and then the time is a lower bound. Leaving those
   * out would make a system look fast that answers nobody; a refused connection, in contrast, is fast and says nothing.
   */
  isTimed(row: number): boolean;
  /** It has no answer, or one that says that the server is to blame (5xx). */
  isFailed(row: number): boolean;
}

/** Tells how the requests of some samples ended. */
export function outcomesOf({ status, error, names }: RequestEndings): RequestOutcomes {
  const timedOut = names.error.indexOf(TIMED_OUT);
  const statusAt = (row: number): number => status[row] ?? 0;
  const errorAt = (row: number): number => error[row] ?? -1;
  return {
    isAnswered: (row) => errorAt(row) < 0 && statusAt(row) > 0,
    isTimed: (row) => (errorAt(row) < 0 ? statusAt(row) > 0 : errorAt(row) === timedOut),
    isFailed: (row) => errorAt(row) >= 0 || statusAt(row) === 0 || statusAt(row) >= 500,
  };
}
