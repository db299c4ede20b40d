import { expect, test } from 'vitest';
import type { Source } from './source.ts';
import { watchSource } from './source-watch.ts';

function watched(look: Source['look']) {
  const lost: string[] = [];
  const seen: number[] = [];
  let now = 0;
  const source: Source = { origin: { system: 'API', kind: 'redis' }, where: 'REDIS_URL', look, close: () => undefined };
  const watch = watchSource(source, {
    nowMs: () => {
      now += 10;
      return now;
    },
    seen: (_, atMs) => seen.push(atMs),
    lost: (_, reason) => lost.push(reason),
  });
  return { watch, lost, seen };
}

test('a look counts at the middle between question and answer', async () => {
  const { watch, seen } = watched(async () => []);
  await watch.look();
  expect(seen).toEqual([15]);
  expect(watch.record(0)).toEqual({
    ...{ system: 'API', kind: 'redis', where: 'REDIS_URL', looks: 1, missed: 0, lookMs: 10 },
  });
});

test('what cannot be reached is told once, left alone for four looks, and tried again', async () => {
  let asked = 0;
  const { watch, lost } = watched(async () => {
    asked += 1;
    throw new Error('connect ECONNREFUSED');
  });
  for (let look = 0; look < 11; look += 1) await watch.look();
  expect(asked).toBe(3);
  expect(lost).toEqual(['could not be reached: connect ECONNREFUSED']);
  expect(watch.record(0)).toMatchObject({ looks: 0, missed: 11, warning: lost[0] });
});

test('what comes back is seen again', async () => {
  let isUp = true;
  const { watch, lost, seen } = watched(async () => {
    if (isUp) return [];
    throw new Error('gone');
  });
  await watch.look();
  isUp = false;
  await watch.look();
  isUp = true;
  for (let look = 0; look < 5; look += 1) await watch.look();
  expect(lost).toEqual(['did not answer any more: gone']);
  expect(seen).toHaveLength(2);
});

test('a look that takes long is not asked again meanwhile', async () => {
  let answer: (() => void) | undefined;
  const { watch } = watched(
    () =>
      new Promise((resolve) => {
        answer = () => resolve([]);
      }),
  );
  const first = watch.look();
  await watch.look();
  answer?.();
  await first;
  expect(watch.record(0)).toMatchObject({ looks: 1, missed: 1 });
});

test('says that there was no room for some', () => {
  expect(watched(async () => []).watch.record(7).warning).toBe(
    'has too many series: at least 7 were left out; name those you need',
  );
});
