import type { Random } from 'proving-ground/stats/random.ts';
import { createCsvReader, numberOf, textOf } from '../csv-rows.ts';
import { createWeightedPick } from '../random/distributions.ts';

/** A line of the file of search terms. */
export interface SearchTerm {
  readonly term: string;
  /** How often people search for it, relative to others; above 0. The file holds Zipf weights. */
  readonly weight: number;
  readonly kind: string;
}

/** Draws of each group, common terms more often than rare ones. */
export interface SearchTerms {
  /** A word, or the name of a family, a host or a user. */
  word(random: Random): string;
  /** Several words that belong together. */
  phrase(random: Random): string;
  /** An address, a domain, a hash, a CVE or an ATT&CK id. */
  indicator(random: Random): string;
}

const WORDS = ['word', 'family', 'host', 'user'];
const PHRASES = ['phrase'];
const INDICATORS = ['ip', 'domain', 'hash', 'cve', 'attack'];

/** Reads the file `searchTerms` of `config.payload`. */
export const searchTermsOf = createCsvReader('searchTerms', parseTerm, createSearchTerms);

/** @throws RangeError when a group has no term. */
export function createSearchTerms(terms: readonly SearchTerm[]): SearchTerms {
  return { word: pickOf(terms, WORDS), phrase: pickOf(terms, PHRASES), indicator: pickOf(terms, INDICATORS) };
}

function parseTerm(row: Readonly<Record<string, unknown>>): SearchTerm | undefined {
  const [term, weight, kind] = [textOf(row, 'term'), numberOf(row, 'weight'), textOf(row, 'kind')];
  if (term === undefined || kind === undefined || weight === undefined || weight <= 0) return undefined;
  return { term, weight, kind };
}

function pickOf(terms: readonly SearchTerm[], kinds: readonly string[]): (random: Random) => string {
  const group = terms.filter(({ kind }) => kinds.includes(kind));
  if (group.length === 0) throw new RangeError(`the file searchTerms has no term of the kinds ${kinds.join(', ')}`);
  const pick = createWeightedPick(group, ({ weight }) => weight);
  return (random) => pick(random).term;
}
