import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { drawQuery, type SearchQuery } from './query.ts';
import { createSearchTerms, type SearchTerm } from './terms.ts';

const TERMS: readonly SearchTerm[] = [
  ...Array.from({ length: 40 }, (_, rank) => ({ term: `word${rank + 1}`, weight: 1_000 / (rank + 1), kind: 'word' })),
  { term: 'remote access', weight: 3, kind: 'phrase' },
  { term: '198.51.100.7', weight: 2, kind: 'ip' },
  { term: 'T1059.001', weight: 1, kind: 'attack' },
];

const random = createRandom('queries');
const terms = createSearchTerms(TERMS);
const queries: readonly SearchQuery[] = Array.from({ length: 20_000 }, () => drawQuery(random, terms));
const shareOf = (wanted: (query: SearchQuery) => boolean): number => queries.filter(wanted).length / queries.length;
const textsOf = (kind: string): string[] =>
  queries.filter((query) => query.kind === kind).map(({ parameters }) => parameters.q ?? '');

describe('drawQuery', () => {
  test.each([
    ['keyword', 0.45],
    ['indicator', 0.2],
    ['phrase', 0.15],
    ['filtered', 0.12],
    ['typo', 0.08],
  ] as [string, number][])('asks %s queries in their share', (kind, share) => {
    // Five standard errors at the most.
    expect(Math.abs(shareOf((query) => query.kind === kind) - share)).toBeLessThan(0.018);
  });

  test('turns to the second page in a fifth of the searches and to the third in a twentieth', () => {
    expect(Math.abs(shareOf(({ pages }) => pages >= 2) - 0.2)).toBeLessThan(0.015);
    expect(Math.abs(shareOf(({ pages }) => pages === 3) - 0.05)).toBeLessThan(0.008);
  });

  test('searches for common words more often than for rare ones: the first of 40 in every fourth search, by Zipf', () => {
    const first = textsOf('keyword').map((text) => text.split(' ')[0]);
    const harmonic = Array.from({ length: 40 }, (_, rank) => 1 / (rank + 1)).reduce((sum, term) => sum + term, 0);
    const share = first.filter((word) => word === 'word1').length / first.length;
    expect(Math.abs(share - 1 / harmonic)).toBeLessThan(0.02);
  });

  test('puts phrases in quotes, and only phrases', () => {
    expect(new Set(textsOf('phrase'))).toEqual(new Set(['"remote access"']));
    expect(textsOf('keyword').filter((text) => text.includes('"'))).toEqual([]);
  });

  test('asks for indicators as they are', () => {
    expect(new Set(textsOf('indicator'))).toEqual(new Set(['198.51.100.7', 'T1059.001']));
  });

  test('misspells words; a few slips give another word, as "word21" for "word12"', () => {
    const right = new Set(TERMS.map(({ term }) => term));
    const misspelt = textsOf('typo').filter((text) => !right.has(text)).length / textsOf('typo').length;
    expect(misspelt).toBeGreaterThan(0.9);
  });

  test('sets at least one filter in a filtered query and none in others', () => {
    const filters = ['from', 'severity', 'type', 'source'];
    const count = ({ parameters }: SearchQuery): number => filters.filter((name) => name in parameters).length;
    expect(queries.filter((query) => (query.kind === 'filtered') !== count(query) > 0)).toEqual([]);
    expect(queries.filter(({ parameters }) => 'from' in parameters !== 'to' in parameters)).toEqual([]);
  });
});

test('a file without terms of a group is refused with the kinds that it lacks', () => {
  expect(() => createSearchTerms([{ term: 'a', weight: 1, kind: 'word' }])).toThrow(
    'the file searchTerms has no term of the kinds phrase',
  );
});
