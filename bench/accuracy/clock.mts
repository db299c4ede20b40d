// The processor of the accuracy bench's test: it has no functions, and tells, when a worker loads it, how the clock of the
// worker compares with that of all processes.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Milliseconds to add to a time since the epoch, as this thread sees it, to get one of `process.hrtime`. */
function epochToHrtimeMs(): number {
  const hrtimeMs = Number(process.hrtime.bigint()) / 1e6;
  return hrtimeMs - performance.now() - performance.timeOrigin;
}

if (!isMainThread) writeFileSync(String(process.env.CLOCK_FILE), String(epochToHrtimeMs()));
