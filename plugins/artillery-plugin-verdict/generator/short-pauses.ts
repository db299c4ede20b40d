import { setFlagsFromString } from 'node:v8';

/**
 * The young generation of each worker, MiB. V8 lets it grow to 16, and then stops the worker for 20 to 60 ms a few times a minute
 * to copy what is still in use, which is what arrives late in the tail of every measurement. With 2, a worker does a fifth less at
 * saturation, and answers are read no sooner. docs/performance.md has the figures.
 */
const YOUNG_GENERATION_MIB = 4;

/**
 * Keeps the garbage collector from holding requests up: many short pauses instead of few long ones, and none that waits for helper
 * threads, which wait for a core themselves where the system under test has the other one. To be called before the
 * workers are made: an isolate keeps the sizes that it was made with.
 */
export function keepPausesShort(): void {
  setFlagsFromString(`--min-semi-space-size=${YOUNG_GENERATION_MIB}`);
  setFlagsFromString(`--max-semi-space-size=${YOUNG_GENERATION_MIB}`);
  setFlagsFromString('--no-parallel-scavenge');
}
