import { describe, expect, test } from 'vitest';
import { createServerTimingTally } from './server-timing.ts';

function timingsOf(...headers: string[]) {
  const tally = createServerTimingTally(1_000);
  for (const header of headers) tally.add('Search', header);
  return (tally.take(2_000)?.timings ?? []).map(({ name, count, sumMs, maxMs }) => ({ name, count, sumMs, maxMs }));
}

describe('createServerTimingTally', () => {
  test('adds up each part over answers', () => {
    expect(timingsOf('db;dur=3.5, total;dur=5', 'db;dur=1.5, total;dur=9')).toEqual([
      { name: 'db', count: 2, sumMs: 5, maxMs: 3.5 },
      { name: 'total', count: 2, sumMs: 14, maxMs: 9 },
    ]);
  });

  test.each([
    ['cache;desc="hit, or miss; dur=9";dur=2', 'cache', 2],
    ['db;DUR=2', 'db', 2],
    ['db; dur = "2"', 'db', 2],
    ['miss, db;dur=2', 'db', 2],
    ['a;desc=x,db;dur=2;desc=y', 'db', 2],
    ['  db;dur=2.', 'db', 2],
  ])('%s', (header, name, ms) => {
    expect(timingsOf(header)).toEqual([{ name, count: 1, sumMs: ms, maxMs: ms }]);
  });

  test.each(['', 'miss', 'db;dur=', 'db;dur=fast', 'db;dur=-1', 'db;dur=Infinity', ';dur=3', ',,,', 'db;duration=3'])(
    '%j has no time',
    (header) => {
      expect(timingsOf(header)).toEqual([]);
    },
  );

  test('tells endpoints apart, forgets what was taken, and says which span it is about', () => {
    const tally = createServerTimingTally(1_000);
    tally.add('A', 'db;dur=1');
    tally.add('B', 'db;dur=2');
    expect(tally.take(2_000)).toMatchObject({
      fromMs: 1_000,
      toMs: 2_000,
      timings: [{ endpoint: 'A' }, { endpoint: 'B' }],
    });
    expect(tally.take(3_000)).toBeUndefined();
    tally.add('A', 'db;dur=1');
    expect(tally.take(4_000)?.fromMs).toBe(3_000);
  });

  test('keeps 16 names of an endpoint, and counts those on', () => {
    const many = Array.from({ length: 40 }, (_, index) => `n${index};dur=1`).join(',');
    expect(timingsOf(many, many)).toHaveLength(16);
    expect(timingsOf(many, many)[15]).toEqual({ name: 'n15', count: 2, sumMs: 2, maxMs: 1 });
  });
});
