import type { Reading } from 'proving-ground/record/system/index.ts';
import { describe, expect, test } from 'vitest';
import { MARK } from './queries.ts';
import { createStatementWatch, shownText } from './statements.ts';

describe('createStatementWatch', () => {
  const row = (id: string, ms: number) => ({ id, calls: ms, ms, rows: 1, blocks_hit: 1, blocks_read: 0 });
  const idsOf = (readings: readonly Reading[]) => new Set(readings.map(({ labels }) => labels.statement));

  test('follows what ran since it began, the dearest first, and never a question of ours', () => {
    const watch = createStatementWatch();
    expect(watch.readings([row('1', 500), row('2', 5), row('3', 0)])).toEqual([]);
    watch.readings([row('1', 500), row('2', 6), row('3', 9)]);
    expect(watch.unknown()).toEqual(['3', '2']);
    watch.learn([
      { id: '2', text: `SELECT ${MARK} 1` },
      { id: '3', text: 'SELECT  *\n FROM t' },
    ]);
    expect(idsOf(watch.told([row('1', 500), row('2', 6), row('3', 9)]))).toEqual(new Set(['3']));
    expect(idsOf(watch.readings([row('1', 500), row('2', 7), row('3', 10)]))).toEqual(new Set(['3']));
    expect(watch.unknown()).toEqual([]);
    expect(watch.texts()).toEqual({ '3': 'SELECT * FROM t' });
  });

  test('has an end, however many statements there are', () => {
    const watch = createStatementWatch();
    const many = (ms: number) => Array.from({ length: 500 }, (_, index) => row(String(index), ms));
    watch.readings(many(0));
    for (let look = 1; look <= 20; look += 1) watch.readings(many(look));
    expect(watch.unknown()).toHaveLength(60);
  });
});

test.each([
  ["ALTER ROLE a PASSWORD 'it''s secret'", "ALTER ROLE a PASSWORD '…'"],
  ["SELECT 'cut off in the mid", "SELECT '…'"],
  ['SELECT $1', 'SELECT $1'],
])('%s is shown as %s', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});
