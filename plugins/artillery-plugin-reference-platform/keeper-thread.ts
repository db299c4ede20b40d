// The entry of the keeper's thread. A thread and not the main one, because Artillery constructs plugins synchronously:
// the main thread is blocked until the platform is ready, and cannot read pipes, poll or notice the end of a child.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { workerData } from 'node:worker_threads';
import { type BroughtUp, bringUp } from './bring-up.ts';
import type { KeeperData, KeeperMessage, KeeperRequest } from './keeper-messages.ts';
import { type PlatformProcess, startPlatform } from './platform-process.ts';
import { createStartDisplay } from './start-display.ts';

const STDERR = 2;
const STOP_GRACE_MS = 10_000;

const data = workerData as KeeperData;
const display = createStartDisplay({
  isTerminal: isatty(STDERR) && process.env.TERM !== 'dumb',
  write: writeToStderr,
  now: () => performance.now(),
});
let decided = false;

const { outcome, platform } = await bringUpOrExplain();
if (platform !== undefined && outcome.kind !== 'started') await platform.stop(STOP_GRACE_MS);
display.end();
decided = true;
post({ kind: 'outcome', outcome, pid: platform?.pid });
Atomics.store(new Int32Array(data.decided), 0, 1);
Atomics.notify(new Int32Array(data.decided), 0);
if (platform !== undefined) keep(platform);

/** What is thrown here would otherwise be seen only after the main thread has waited for its whole time limit. */
async function bringUpOrExplain(): Promise<BroughtUp> {
  const { origin } = data.address;
  try {
    return await bringUp({ origin, timeoutMs: data.startTimeoutMs, start, onProgress: display.progress });
  } catch (error) {
    return { outcome: { kind: 'defect', message: error instanceof Error ? error.message : String(error) } };
  }
}

function start(): PlatformProcess {
  writeToStderr(`Starting the reference platform at ${data.address.origin}\n`);
  return startPlatform(data.program, data.address, data.env, (line) => {
    if (decided) post({ kind: 'line', line });
    else display.line(line);
  });
}

function keep(platform: PlatformProcess): void {
  data.port.on('message', (request: KeeperRequest) => void platform.stop(request.graceMs));
  void platform.ended.then((exit) => post({ kind: 'ended', exit, lastLine: platform.lastLine() }));
}

function post(message: KeeperMessage): void {
  data.port.postMessage(message);
}

/** Directly: the streams of a thread pass through the main thread, which is blocked. */
function writeToStderr(text: string): void {
  try {
    writeSync(STDERR, text);
  } catch {
    // A reader that is slow or gone costs a line of progress, not the start.
  }
}
