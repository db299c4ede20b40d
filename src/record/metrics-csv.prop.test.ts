import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsCsv } from './metrics-csv.ts';

/** Reads RFC 4180: fields in quotes may hold anything, with quotes doubled. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g)) {
    const [, field = '', end] = match;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows;
}

test('every metric is one row with its own name, whatever it is called; none begins a formula', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      'a,b',
      '"',
      'x"y',
      'line\nbreak',
      '\r\n',
      '=1+1',
      '+x',
      '-x',
      '@x',
      '\tx',
      '\rx',
      '\u001b[31m',
      '|',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { maxLength: 15 }), (names) => {
      // fromEntries would lose a metric that is called __proto__.
      const counters = Object.fromEntries(names.filter((name) => name !== '__proto__').map((name) => [name, 1]));
      const window = { startedAt: 0, counters, events: {}, histograms: {}, firstAt: 0, lastAt: 1 };
      const [, ...rows] = parseCsv(metricsCsv({ windows: [window], phases: [] }));
      const shown = rows.filter((row) => row.length === 14).map((row) => row[4] ?? '');
      expect(shown.map((name) => name.replace(/^'(?=[=+\-@\t\r])/, '')).toSorted()).toEqual(
        Object.keys(counters).toSorted(),
      );
      expect(shown.filter((name) => /^[=+\-@\t\r]/.test(name))).toEqual([]);
    }),
    { seed: 9, numRuns: 300 },
  );
});
