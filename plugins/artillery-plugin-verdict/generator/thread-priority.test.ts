import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const MODULE = JSON.stringify(new URL('thread-priority.ts', import.meta.url).href);

// In a process of its own: it changes the priority of the thread that tests run on.
const PROGRAM = `
const { getPriority } = require('node:os');
const { Worker } = require('node:worker_threads');
const inWorker = \`
  const { readdirSync, readFileSync } = require('node:fs');
  const { getPriority } = require('node:os');
  const isWorker = (id) => readFileSync('/proc/self/task/' + id + '/comm', 'utf8').startsWith('WorkerThread');
  import(${MODULE}).then(({ goBeforeOtherThreads }) => {
    const changed = goBeforeOtherThreads();
    const workers = process.platform === 'linux' ? readdirSync('/proc/self/task').filter(isWorker) : [];
    require('node:worker_threads').parentPort.postMessage({ changed, workers: workers.map((id) => getPriority(Number(id))) });
  });
\`;
new Worker(inWorker, { eval: true }).on('message', (message) => {
  console.log(JSON.stringify({ ...message, main: getPriority(process.pid) }));
  process.exit();
});`;

test('the main thread and the helpers of V8 go behind the worker, where threads have priorities', () => {
  const output = execFileSync(process.execPath, ['--eval', PROGRAM], { encoding: 'utf8' });
  const { changed, workers, main } = JSON.parse(output) as { changed: number; workers: number[]; main: number };
  const isLinux = process.platform === 'linux';
  expect(changed > 1).toBe(isLinux);
  expect(main).toBe(isLinux ? 5 : 0);
  expect(workers).toEqual(isLinux ? [0] : []);
});
