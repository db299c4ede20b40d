import type { Truth } from './truth.ts';

/** Answers that are read no later than this were not held up, milliseconds. */
export const LATE_MS = 0.5;

/** The time between an answer's being there and its being read. Times of `process.hrtime`, in milliseconds. */
export interface Wait {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a core did for a while; same clock. */
export interface CoreRun {
  readonly fromMs: number;
  readonly toMs: number;
  /** Name of the thread as the kernel has it; `swapper/<core>` where there was none. */
  readonly thread: string;
}

/** Answers that were read more than `LATE_MS` late. @param lastByteUs as the samples have it, by the number of the request. */
export function lateAnswers(truth: Truth, lastByteUs: ArrayLike<number>, periodMs: number): Wait[] {
  return Array.from(truth.responseMs, (responseMs, number) => {
    const dueMs = truth.startMs + number * periodMs;
    return { fromMs: dueMs + responseMs, toMs: dueMs + (lastByteUs[number] ?? Number.NaN) / 1000 };
  }).filter(({ fromMs, toMs }) => toMs - fromMs > LATE_MS);
}

/** Who had the core while answers waited, by what it is: milliseconds, most first. @param runs in the order of time. */
export function shareOut(waits: readonly Wait[], runs: readonly CoreRun[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const wait of waits) {
    for (const run of runs.slice(firstEndingAfter(runs, wait.fromMs))) {
      if (run.fromMs >= wait.toMs) break;
      const overlapMs = Math.min(run.toMs, wait.toMs) - Math.max(run.fromMs, wait.fromMs);
      const holder = holderOf(run.thread);
      shares.set(holder, (shares.get(holder) ?? 0) + overlapMs);
    }
  }
  return new Map([...shares].toSorted(([, a], [, b]) => b - a));
}

function firstEndingAfter(runs: readonly CoreRun[], timeMs: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.toMs ?? Infinity) > timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Threads by the names that Node and V8 give them. */
const HOLDERS: readonly (readonly [name: RegExp, holder: string])[] = [
  [/^WorkerThread/, 'the worker itself'],
  [/^V8Worker/, "V8's helpers (compiling, sweeping)"],
  [/^(MainThread|node)/, 'the main thread'],
  [/^swapper/, 'nobody: the core slept, or the machine had been taken away'],
];

function holderOf(thread: string): string {
  return HOLDERS.find(([name]) => name.test(thread))?.[1] ?? 'other programs, and the kernel';
}
