/** A user as the recording engine saw it start. */
export interface RecordedUser {
  readonly number: number;
  readonly phaseIndex: number;
  readonly phaseName: string | undefined;
  /** When it was due, in milliseconds since the epoch. */
  readonly dueAtMs: number;
  readonly lateMs: number;
  readonly journey: string;
  /** What a CSV file read in sequence gave it. */
  readonly row: unknown;
  /** What one read at random gave it. */
  readonly any: unknown;
  readonly worker: number;
}
