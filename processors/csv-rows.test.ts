import { describe, expect, test } from 'vitest';
import { createCsvReader, numberOf, textOf } from './csv-rows.ts';
import { arrive } from './testing/hook-bench.ts';

const read = createCsvReader(
  'hosts',
  (row) => textOf(row, 'host'),
  (hosts) => ({ hosts }),
);

describe('createCsvReader', () => {
  test('prepares the rows once for all users of a worker', () => {
    const hosts = [{ host: 'a' }, { host: 'b' }];
    const first = read(arrive('Journey', { hosts }));
    expect(first).toEqual({ hosts: ['a', 'b'] });
    expect(read(arrive('Journey', { hosts }))).toBe(first);
  });

  test.each([undefined, [], 'a,b', {}])('says which file is missing when it finds %j', (hosts) => {
    expect(() => read(arrive('Journey', { hosts }))).toThrow(
      'config.payload has no file with name: hosts and loadAll: true, or the file is empty',
    );
  });

  test.each([{ hots: 'a' }, { host: '' }, ['a'], null])('names the row that is %j', (row) => {
    expect(() => read(arrive('Journey', { hosts: [{ host: 'a' }, row] }))).toThrow(
      'row 2 of hosts in config.payload does not have its columns',
    );
  });
});

describe('numberOf', () => {
  test.each([
    ['7', 7],
    ['007', 7],
    ['-1.5', -1.5],
    [3, 3],
    ['', undefined],
    [' ', undefined],
    ['seven', undefined],
    ['Infinity', undefined],
    [null, undefined],
  ])('reads %j as %j', (value, expected) => {
    expect(numberOf({ value }, 'value')).toBe(expected);
  });
});
