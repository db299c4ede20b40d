import { numberOf, type Reading, type Row, statementReadings } from 'proving-ground/record/system/index.ts';
import { MARK } from './queries.ts';

/** Statements that are followed at most, and how many of them are chosen at one look: those that took the most time so far. */
const MAX_STATEMENTS = 60;
const CHOSEN_AT_ONCE = 10;

/** Of what is kept of a text, in characters. */
const MAX_TEXT = 1_000;

/** Chooses the statements that are worth following, and knows their texts. */
export interface StatementWatch {
  /** What the chosen ones say, after more are chosen that ran since. @param rows of all statements. */
  readings(rows: readonly Row[]): Reading[];
  /** The same without choosing any: once texts were learned that were not known. */
  told(rows: readonly Row[]): Reading[];
  /** Chosen statements whose text is not known yet. */
  unknown(): string[];
  /** @param rows id and text. */
  learn(rows: readonly Row[]): void;
  /** Id → text, of the service's own statements only. */
  texts(): Record<string, string>;
}

/** Follows what ran since the first look; a statement of ours is never chosen for long. */
export function createStatementWatch(): StatementWatch {
  const before = new Map<string, number>();
  const chosen = new Set<string>();
  const texts = new Map<string, string>();
  const own = new Set<string>();
  let isFirst = true;

  function choose(rows: readonly Row[]): void {
    const grown = rows
      .map((row) => ({ id: String(row.id), ms: numberOf(row, 'ms') - (before.get(String(row.id)) ?? 0) }))
      .filter(({ id, ms }) => ms > 0 && !own.has(id) && !chosen.has(id))
      .toSorted((a, b) => b.ms - a.ms);
    for (const { id } of grown.slice(0, Math.min(CHOSEN_AT_ONCE, MAX_STATEMENTS - chosen.size))) chosen.add(id);
  }

  // Its first reading says what it was before: what one has done that came only now, all of it.
  function told(rows: readonly Row[]): Reading[] {
    return rows.filter(({ id }) => chosen.has(String(id)) && texts.has(String(id))).flatMap(statementReadings);
  }

  return {
    readings: (rows) => {
      if (isFirst) for (const row of rows) before.set(String(row.id), numberOf(row, 'ms'));
      else choose(rows);
      isFirst = false;
      return told(rows);
    },
    told,
    unknown: () => [...chosen].filter((id) => !texts.has(id)),
    learn: (rows) => {
      for (const { id, text } of rows) {
        if (String(text).includes(MARK)) {
          own.add(String(id));
          chosen.delete(String(id));
        } else texts.set(String(id), shownText(String(text)));
      }
    },
    texts: () => Object.fromEntries(texts),
  };
}

/** PostgreSQL puts `$1` for values, but not in every kind of statement: what is quoted may be a password. */
export function shownText(text: string): string {
  const quoted = text
    .replace(/'(?:[^']|'')*(?:'|$)/g, "'…'")
    .replace(/\s+/g, ' ')
    .trim();
  return quoted.length > MAX_TEXT ? `${quoted.slice(0, MAX_TEXT)}…` : quoted;
}
