import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const MODULE = JSON.stringify(new URL('short-pauses.ts', import.meta.url).href);

// In a process of its own: the flags of V8 are those of the process.
const PROGRAM = `
const { Worker } = require('node:worker_threads');
const inWorker = \`
  const kept = [];
  for (let index = 0; index < 2_000_000; index += 1) if (index % 20 === 0) kept.push({ index }); else ({ index, text: String(index) });
  const young = require('node:v8').getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  require('node:worker_threads').parentPort.postMessage(young.space_size);
\`;
import(${MODULE}).then(({ keepPausesShort }) => {
  if (process.argv[1] === 'short') keepPausesShort();
  new Worker(inWorker, { eval: true }).on('message', (bytes) => console.log(bytes));
});`;

function youngGenerationMib(mode: string): number {
  return Number(execFileSync(process.execPath, ['--eval', PROGRAM, mode], { encoding: 'utf8' })) / 2 ** 20;
}

test('workers that are made afterwards keep a small young generation', () => {
  expect(youngGenerationMib('short')).toBeLessThanOrEqual(8);
  expect(youngGenerationMib('as it is')).toBeGreaterThan(8);
});
