import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Nice value of the threads that can wait: at 5, a third of the weight of the worker. Enough for the main thread to end a run
 * within its second also where every core is taken.
 */
const NICE = 5;

/** What Linux calls the threads of Artillery's workers; Node names them. */
const WORKER = 'WorkerThread';

/**
 * Lets workers go before everything else in this process: the main thread, which draws and collects, and V8's helpers, which compile and
 * collect garbage. Where the system under test has the other core, a request that is due, or an answer that is there, waits
 * for them otherwise. Linux alone has priorities of single threads; elsewhere nothing happens. To be called in a worker.
 *
 * @returns threads that were put behind.
 */
export function goBeforeOtherThreads(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc/self/task').filter(putBehind).length;
}

function putBehind(thread: string): boolean {
  try {
    if (readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').startsWith(WORKER)) return false;
    setPriority(Number(thread), NICE);
    return true;
  } catch {
    // It has ended in between, or may not be changed: then things are as they were.
    return false;
  }
}
