import { type Answer, type AnswerEvidence, meanOf, seriesOf, summedValues, unanswered } from './evidence.ts';
import { number, percent } from './words.ts';

/** A statement is shown by its beginning. */
const SQL_CHARACTERS = 70;

/** How busy the database was, with which statement, and how near its connections and its memory came to their limits. */
export function databaseWork({ system }: AnswerEvidence): Answer {
  const statements = seriesOf(system, 'postgres.statement_time').map((series) => ({
    id: series.labels.statement ?? '',
    busy: meanOf(summedValues([series])) ?? 0,
  }));
  if (statements.length === 0) return unanswered('no PostgreSQL with pg_stat_statements was watched');
  const busy = statements.reduce((sum, statement) => sum + statement.busy, 0);
  const [first] = statements.toSorted((a, b) => b.busy - a.busy);
  const share = first === undefined || busy === 0 ? 0 : (first.busy / busy) * 100;
  const sql = shortened(system?.texts[first?.id ?? ''] ?? 'a statement');
  const hits = meanOf(summedValues(seriesOf(system, 'postgres.cache_hit_ratio').slice(0, 1)));
  const used = Math.max(0, ...summedValues(seriesOf(system, 'postgres.connections_used').slice(0, 1)));
  const waiting = Math.max(0, ...summedValues(seriesOf(system, 'pg_pool_waiting', { pool: 'http' })));
  const memory = hits === undefined ? '' : `; ${percent(hits)} of the blocks were in its memory`;
  const wait = waiting === 0 ? 'nobody waited for one' : `up to ${number(waiting)} requests waited for one of the pool`;
  return {
    isAnswered: true,
    text: `It worked on ${number(busy)} statements at a time on average, ${percent(share)} of that on: ${sql}. At most ${percent(used)} of its connections were in use, and ${wait}${memory}.`,
    figures: [
      { name: 'statements at a time', value: busy, unit: '' },
      { name: 'share of the first statement', value: share, unit: '%' },
      { name: 'connections in use, at most', value: used, unit: '%' },
      { name: 'waited for a connection, at most', value: waiting, unit: '' },
      ...(hits === undefined ? [] : [{ name: 'blocks in memory', value: hits, unit: '%' }]),
    ],
  };
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > SQL_CHARACTERS ? `${line.slice(0, SQL_CHARACTERS - 1)}…` : line;
}
