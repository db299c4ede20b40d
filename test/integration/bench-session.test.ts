import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { processesOf } from '../../bench/measure/cpu-time.ts';

const MODULE = JSON.stringify(new URL('../../bench/measure/session.ts', import.meta.url).href);

/** Starts one that would last, and says which. */
const BENCH = `
  const { startSession } = await import(${MODULE});
  const { id } = startSession(['sleep', '60'], { cwd: '/', logFile: '/dev/null' });
  console.log(id);
  setInterval(() => undefined, 1000);
`;

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as [NodeJS.Signals, number][])('a bench that %s ends leaves no program behind', async (signal, exitCode) => {
  const bench = spawn(process.execPath, ['--input-type=module', '-e', BENCH], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [session] = (await once(bench.stdout, 'data')) as [Buffer];
  const id = Number(String(session));
  expect(processesOf(id)).toEqual([id]);
  bench.kill(signal);
  expect(await once(bench, 'exit')).toEqual([exitCode, null]);
  // What has been killed is there until somebody has taken note of it.
  for (let looks = 0; looks < 100 && processesOf(id).length > 0; looks += 1) await sleep(50);
  expect(processesOf(id)).toEqual([]);
});
