import { describe, expect, test } from 'vitest';
import { createKnownValues } from './known-values.ts';

const tables = [
  {
    wholeAs: undefined,
    fields: ['term', 'pages'],
    rows: [
      ['a', '1'],
      ['b', '3'],
    ],
  },
  { wholeAs: 'users', fields: ['name'], rows: [['ann'], ['bob'], ['cid'], ['dan'], ['eve']] },
];
const config = { variables: { pause: 2, pauses: [1, 3], pages: 9, deep: { list: [[1, 2], [3]] }, nothing: [] } };
const known = createKnownValues(config, tables, 2);

describe('createKnownValues', () => {
  test.each<[unknown, unknown]>([
    ['plain', ['plain']],
    [5, [5]],
    ['{{ pause }}', [2]],
    ['{{ pauses }}', [1, 3]],
    ['{{ pauses }}s', ['1s', '3s']],
    ['{{ term }}', ['a', 'b']],
    ['{{ $randomNumber(1, 3) }}', ['1', '2', '3']],
    ['{{ pause }}-{{ pauses }}', ['2-1', '2-3']],
  ])('%j can be %j', (text, values) => {
    expect(known.valuesOf(text)).toEqual(values);
  });

  test('lets config.variables win over a column of the same name', () => {
    expect(known.valuesOf('{{ pages }}')).toEqual([9]);
  });

  test.each([
    '{{ captured }}',
    '{{ $randomString(5) }}',
    '{{ pauses }}-{{ term }}',
    '{{ nothing }}',
    '{{ $randomNumber(5, 1) }}',
  ])('%j is not known before the run', (text) => {
    expect(known.valuesOf(text)).toBeUndefined();
  });

  test('stands for a long range with evenly spaced numbers of the same mean', () => {
    const numbers = known.valuesOf('{{ $randomNumber(0, 100000) }}')?.map(Number) ?? [];
    expect(numbers).toHaveLength(1000);
    expect(numbers.reduce((sum, number) => sum + number, 0) / 1000).toBeCloseTo(50_000, 0);
  });

  test('knows how long a list is: inline, sampled, or the share of a CSV file that a worker gets', () => {
    expect(known.lengthsOf('pauses')).toEqual([0, 0]);
    expect(known.lengthsOf('deep.list')).toEqual([2]);
    expect(known.lengthsOf('users')).toEqual([2.5]);
    expect(createKnownValues({}, tables, 50).lengthsOf('users')).toEqual([1]);
    expect(known.lengthsOf('captured')).toBeUndefined();
  });
});
