// Loaded into every thread of a program before anything else: tells, when it is asked, how much memory its thread holds after
// a full garbage collection. Questions and answers are files in MEMORY_PROBE: `ask-1`, `answer-1-<thread>.json`.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, threadId } from 'node:worker_threads';

const POLL_MS = 100;
const folder = process.env.MEMORY_PROBE ?? '';
let question = 1;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: object) => void;

function answer(): void {
  if (!existsSync(join(folder, `ask-${question}`))) return;
  const residentBeforeBytes = process.memoryUsage.rss();
  // As before V8 gives up for want of memory: again and again until nothing more becomes free, and what is free goes back to the system.
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, external, rss } = process.memoryUsage();
  const kind = isMainThread ? 'main' : process.env.LOCAL_WORKER_ID === undefined ? 'other' : 'worker';
  const text = JSON.stringify({ kind, heapBytes: heapUsed + external, residentBytes: rss, residentBeforeBytes });
  writeFileSync(join(folder, `answer-${question}-${threadId}.json`), text);
  question += 1;
}

setInterval(answer, POLL_MS).unref();
