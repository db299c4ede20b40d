import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv.ts';

describe('parseCsv', () => {
  test('reads quotes, doubled quotes, and line breaks inside of them', () => {
    expect(parseCsv('a,"x, y"\r\n"say ""hi""","1\n2"\r\n')).toEqual([
      ['a', 'x, y'],
      ['say "hi"', '1\n2'],
    ]);
  });

  test('skips the header and empty lines, or keeps them', () => {
    expect(parseCsv('name\n\nann\n', { skipHeader: true })).toEqual([['ann']]);
    expect(parseCsv('name\n\nann', { skipEmptyLines: false })).toEqual([['name'], [''], ['ann']]);
  });

  test('takes another delimiter, and ignores a byte order mark', () => {
    expect(parseCsv('\uFEFFa;b,c\n', { delimiter: ';' })).toEqual([['a', 'b,c']]);
  });

  test('reads back any table that was written with quotes', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(parseCsv(text)).toEqual(rows);
      }),
    );
  });

  test('takes a stray quote as part of its field', () => {
    expect(parseCsv('a,b\n"c"d,e\n')).toEqual([
      ['a', 'b'],
      ['"c"d', 'e'],
    ]);
  });
});
