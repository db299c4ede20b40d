import type { Random } from 'proving-ground/stats/random.ts';
import { createWeightedPick } from '../random/distributions.ts';
import { drawRecentRange } from '../time-range.ts';
import type { SearchTerms } from './terms.ts';
import { makeTypo } from './typo.ts';

/** The kinds of searches; `search.time.<kind>` is measured for each. */
export type SearchKind = 'keyword' | 'phrase' | 'indicator' | 'filtered' | 'typo';

/** What somebody wants to know. */
export interface SearchQuery {
  readonly kind: SearchKind;
  /** Parameters of `GET /search` but for the page. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How many pages of hits the person will look at, if there are as many; 1 to 3. */
  readonly pages: number;
}

const pickKind = createWeightedPick(
  [
    { kind: 'keyword', weight: 45 },
    { kind: 'indicator', weight: 20 },
    { kind: 'phrase', weight: 15 },
    { kind: 'filtered', weight: 12 },
    { kind: 'typo', weight: 8 },
  ] as const,
  ({ weight }) => weight,
);

const pickSort = createWeightedPick(
  [
    { sort: 'relevance', weight: 80 },
    { sort: 'newest', weight: 15 },
    { sort: 'severity', weight: 5 },
  ] as const,
  ({ weight }) => weight,
);

const SECOND_PAGE = 0.2;
const THIRD_PAGE = 0.05;
const TWO_WORDS = 0.35;
const WITH_FACETS = 0.3;
// Of the sources that the platform's documents come from, the common ones.
const SOURCES = ['edr', 'ids', 'mail-filter', 'intel-team', 'isac-feed'];
const TYPES = ['report', 'detection', 'log'];

/** Draws one search. The same stream gives the same searches in the same order. */
export function drawQuery(random: Random, terms: SearchTerms): SearchQuery {
  const { kind } = pickKind(random);
  const sort = pickSort(random).sort;
  const parameters = { q: drawText(kind, random, terms), ...(sort === 'relevance' ? {} : { sort }) };
  const pages = drawPages(random);
  if (kind !== 'filtered') return { kind, parameters, pages };
  return { kind, parameters: { ...parameters, ...drawFilters(random) }, pages };
}

function drawText(kind: SearchKind, random: Random, terms: SearchTerms): string {
  switch (kind) {
    case 'phrase':
      return `"${terms.phrase(random)}"`;
    case 'indicator':
      return terms.indicator(random);
    case 'typo':
      return makeTypo(random, terms.word(random));
    case 'keyword':
    case 'filtered':
      return random.chance(TWO_WORDS) ? `${terms.word(random)} ${terms.word(random)}` : terms.word(random);
  }
}

/** One in five people turns to the second page, one in twenty also to the third. */
function drawPages(random: Random): number {
  const patience = random.next();
  if (patience < THIRD_PAGE) return 3;
  return patience < SECOND_PAGE ? 2 : 1;
}

function drawFilters(random: Random): Record<string, string> {
  const filters: Record<string, string> = {};
  const { from, to } = drawRecentRange(random);
  if (random.chance(0.6)) Object.assign(filters, { from, to });
  if (random.chance(0.5)) filters.severity = String(random.integer(1, 3));
  if (random.chance(0.4)) filters.type = random.pick(TYPES);
  // Somebody who filters sets one filter at least.
  if (random.chance(0.3) || Object.keys(filters).length === 0) filters.source = random.pick(SOURCES);
  if (random.chance(WITH_FACETS)) filters.facets = 'true';
  return filters;
}
