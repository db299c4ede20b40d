import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Alarm, createAlarm } from './alarm.ts';

let alarm: Alarm;
beforeEach(() => {
  alarm = createAlarm();
});
afterEach(() => {
  alarm.close();
});

/** The times at which an alarm called back, in milliseconds after each was due. */
async function latenessOf(dueInMs: readonly number[]): Promise<number[]> {
  const now = performance.now();
  // The alarm alone would not keep the process alive.
  const alive = setInterval(() => undefined, 1000);
  const called = dueInMs.map((ms) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    alarm.at(now + ms, () => resolve(performance.now() - now - ms));
    return promise;
  });
  const lateness = await Promise.all(called);
  clearInterval(alive);
  return lateness;
}

test('never calls back early, whatever the order in which it was asked', async () => {
  const dueInMs = Array.from({ length: 200 }, (_, index) => 40 + ((index * 37) % 200) / 3.7);
  const lateness = await latenessOf(dueInMs);
  expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
});

test('calls what is due at the same time in the order in which it was asked for', async () => {
  const calls: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const dueAt = performance.now() + 30;
  for (const index of [1, 2, 3]) alarm.at(dueAt, () => calls.push(index));
  alarm.at(dueAt - 10, () => calls.push(0));
  alarm.at(dueAt, resolve);
  const [lateness] = await Promise.all([latenessOf([31]), promise]);
  expect(lateness).toHaveLength(1);
  expect(calls).toEqual([0, 1, 2, 3]);
});

test('calls what was due in the past on the next turn, and lets others have theirs in between', async () => {
  const calls: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = 3;
  const again = (): void => {
    calls.push('alarm');
    left -= 1;
    if (left > 0) alarm.at(0, again);
    else resolve();
  };
  alarm.at(0, again);
  const other = (): void => {
    calls.push('other');
    if (left > 0) setImmediate(other);
  };
  setImmediate(other);
  expect(calls).toEqual([]);
  await promise;
  expect(calls.slice(0, 4)).toEqual(['alarm', 'other', 'alarm', 'other']);
});

test('calls nothing after it was closed', async () => {
  let isCalled = false;
  alarm.at(performance.now() + 5, () => {
    isCalled = true;
  });
  alarm.close();
  const other = createAlarm();
  const { promise, resolve } = Promise.withResolvers<void>();
  const alive = setInterval(() => undefined, 1000);
  other.at(performance.now() + 60, resolve);
  await promise;
  clearInterval(alive);
  other.close();
  expect(isCalled).toBe(false);
});

function output(code: string): string {
  const module = fileURLToPath(new URL('./alarm.ts', import.meta.url));
  const script = `import { createAlarm } from ${JSON.stringify(module)}; const alarm = createAlarm(); ${code}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 20_000 });
}

test('does not keep the process alive, not even with something pending for hours', () => {
  expect(output('alarm.at(performance.now() + 36e5, () => console.log("rang")); console.log("over")')).toBe('over\n');
});

test('goes on with the others when one callback throws', () => {
  const code = `process.on('uncaughtException', ({ message }) => console.log(message));
    const alive = setInterval(() => {}, 1000);
    alarm.at(1, () => { throw new Error('broken'); });
    alarm.at(1, () => console.log('same turn'));
    alarm.at(performance.now() + 100, () => { console.log('later'); clearInterval(alive); });`;
  expect(output(code)).toBe('broken\nsame turn\nlater\n');
});
