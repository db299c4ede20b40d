import type { Cause, Finding } from '../answer.ts';
import type { Details } from '../details.ts';
import { connections, digits, percent } from '../wording.ts';
import { comparedColumns } from './compared-columns.ts';

/** A change that somebody may look at, and make. Nothing is ever made by itself. */
export interface Change {
  readonly cause: Cause;
  /** One line that says what it is for. */
  readonly title: string;
  /** `sql` can be run as it is; `text` says what to change where. */
  readonly kind: 'sql' | 'text';
  readonly lines: readonly string[];
}

/** A pool of exactly what is used on average would let half of the callers wait: so many deviations of a Poisson number more. */
const SPARE_DEVIATIONS = 2;

/** Statements that are shown for an index. */
const MOST_STATEMENTS = 3;

/**
 * Concrete changes for the findings of a diagnosis, in their order. A finding of which too little is known gives none.
 *
 * @example changesFor(findings)[0]?.lines // ['CREATE INDEX CONCURRENTLY ON documents USING gin (search);', …]
 */
export function changesFor(findings: readonly Finding[]): Change[] {
  return findings.flatMap((finding) => {
    const { cause, details } = finding;
    const change = details === undefined ? undefined : changeOf(finding, details);
    return change === undefined ? [] : [{ cause, ...change }];
  });
}

type Bare = Omit<Change, 'cause'>;

function changeOf({ cause, culprit }: Finding, details: Details): Bare | undefined {
  switch (details.kind) {
    case 'table':
      return cause === 'stale statistics' ? newStatistics(details.table) : newIndexes(details);
    case 'statement':
      return oneQuestion(details, culprit);
    case 'pool':
      return cause === 'pool too small' ? largerPool(details) : undefined;
    case 'cache':
      return cacheThatKeeps(cause, details);
  }
}

function newStatistics(table: string): Bare {
  return {
    title: `Make statistics of ${table} again, and let autovacuum keep them`,
    kind: 'sql',
    lines: [`ANALYZE ${table};`, `ALTER TABLE ${table} RESET (autovacuum_enabled, autovacuum_analyze_scale_factor);`],
  };
}

function newIndexes({ table, statements }: Extract<Details, { kind: 'table' }>): Bare | undefined {
  const definitions = [...new Set(statements.slice(0, MOST_STATEMENTS).flatMap((text) => indexFor(text, table)))];
  if (definitions.length === 0) return undefined;
  return {
    title: `Index the columns of ${table} by which rows are looked for`,
    kind: 'sql',
    lines: [
      ...definitions.map((columns) => `CREATE INDEX CONCURRENTLY ON ${table} ${columns};`),
      `-- Which there are already: SELECT indexdef FROM pg_indexes WHERE tablename = '${table}';`,
      '-- Before and after it, PostgreSQL 16 or newer says how it reads the table:',
      ...statements.slice(0, 1).map((text) => `-- EXPLAIN (GENERIC_PLAN) ${text.replace(/\s+/g, ' ').trim()};`),
    ],
  };
}

/** Whatever asks for contents needs an index of its own; else what is equal comes first, and one range after it. */
function indexFor(text: string, table: string): string[] {
  const { equal, range, contained } = comparedColumns(text, table);
  if (contained.length > 0) return contained.map((column) => `USING gin (${column})`);
  const columns = [...equal, ...range.slice(0, 1)];
  return columns.length === 0 ? [] : [`(${columns.join(', ')})`];
}

function oneQuestion({ statement, callsPerRequest }: Extract<Details, { kind: 'statement' }>, culprit?: string): Bare {
  const text = statement.replace(/\s+/g, ' ').trim();
  // With one value that is compared for equality, the question for many at once can be written down.
  const many = /=\s*\$1\b(?!.*\$2)/.test(text) ? text.replace(/=\s*\$1\b/, '= ANY ($1)') : undefined;
  return {
    title: `Ask once instead of ${digits(callsPerRequest)} times${culprit === undefined ? '' : ` in "${culprit}"`}`,
    kind: 'text',
    lines: [
      `- for each of them: ${text}`,
      many === undefined ? '+ once: a join that brings all rows' : `+ once, with the array of all values: ${many}`,
    ],
  };
}

function largerPool({ pool, size, needed }: Extract<Details, { kind: 'pool' }>): Bare {
  const wanted = Math.max(Math.ceil(size) + 1, Math.ceil(needed + SPARE_DEVIATIONS * Math.sqrt(needed)));
  return {
    title: `Let ${pool} have ${wanted} connections`,
    kind: 'text',
    lines: [
      `- at most ${connections(size)}`,
      `+ at most ${connections(wanted)}`,
      `by Little's law ${connections(needed)} would be in use at a time if nobody waited; twice the root of it is spare`,
    ],
  };
}

function cacheThatKeeps(cause: Cause, { lookUpsPerSec, hitRatio }: Extract<Details, { kind: 'cache' }>): Bare {
  const lines =
    cause === 'cache stampede'
      ? [
          '+ let one request compute a missing entry, and the others wait for it',
          '+ let entries expire at different times: their life times a random factor from 0.8 to 1.2',
          '+ renew what is asked for often before it expires',
        ]
      : [
          '+ keep answers for some seconds, under a key that is the same for the same question',
          `an answer that is asked for r times a second and kept for T seconds is a hit in r·T / (1 + r·T) of the cases; there are ${digits(lookUpsPerSec)} look-ups a second in all`,
        ];
  return {
    title: 'Let the cache keep what it is asked for',
    kind: 'text',
    lines: [`- ${percent(hitRatio)} of the look-ups are hits`, ...lines],
  };
}
