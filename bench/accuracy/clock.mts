// The processor of the accuracy bench's test: it has no functions, and tells, when a worker loads it, how the clock of the
// worker compares with that of all processes.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Clocks are read so many times: the first readings take tens of microseconds, which would be taken for a difference between them. */
const READINGS = 1000;

/** Milliseconds to add to a time since the epoch, as this thread sees it, to get one of `process.hrtime`. By the quickest reading. */
function epochToHrtimeMs(): number {
  let [quickestMs, differenceMs] = [Infinity, Number.NaN];
  for (let reading = 0; reading < READINGS; reading += 1) {
    const before = performance.now();
    const hrtimeMs = Number(process.hrtime.bigint()) / 1e6;
    const tookMs = performance.now() - before;
    if (tookMs < quickestMs) [quickestMs, differenceMs] = [tookMs, hrtimeMs - before - tookMs / 2];
  }
  return differenceMs - performance.timeOrigin;
}

if (!isMainThread) writeFileSync(String(process.env.CLOCK_FILE), String(epochToHrtimeMs()));
