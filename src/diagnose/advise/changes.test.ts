import { expect, test } from 'vitest';
import { ADVICE } from '../advice.ts';
import type { Cause, Finding } from '../answer.ts';
import type { Details } from '../details.ts';
import { type Change, changesFor } from './changes.ts';

function finding(cause: Cause, details?: Details): Finding {
  return {
    cause,
    title: 't',
    share: { value: 0.5, low: 0.4, high: 0.6 },
    certainty: 'sure',
    culprit: 'Search',
    delayed: [],
    seen: [],
    consequences: [],
    ...ADVICE[cause]('x'),
    ...(details === undefined ? {} : { details }),
  };
}

test('an index is made on what the statements compare: contents by themselves, else what is equal before one range', () => {
  const [change] = changesFor([
    finding('missing index', {
      kind: 'table',
      table: 'documents',
      statements: [
        'SELECT id FROM documents WHERE search @@ websearch_to_tsquery($1)',
        'SELECT id FROM documents WHERE published_at >= $1 AND type = $2',
      ],
    }),
  ]);
  expect(change?.kind).toBe('sql');
  expect(change?.lines).toEqual([
    'CREATE INDEX CONCURRENTLY ON documents USING gin (search);',
    'CREATE INDEX CONCURRENTLY ON documents (type, published_at);',
    "-- Which there are already: SELECT indexdef FROM pg_indexes WHERE tablename = 'documents';",
    '-- Before and after it, PostgreSQL 16 or newer says how it reads the table:',
    '-- EXPLAIN (GENERIC_PLAN) SELECT id FROM documents WHERE search @@ websearch_to_tsquery($1);',
  ]);
});

test('of a statement whose columns cannot be read nothing is made up', () => {
  const details: Details = { kind: 'table', table: 'documents', statements: ['SELECT id FROM documents'] };
  expect(changesFor([finding('missing index', details)])).toEqual([]);
});

test('outdated statistics are made again', () => {
  const [change] = changesFor([finding('stale statistics', { kind: 'table', table: 'documents', statements: [] })]);
  expect(change?.lines[0]).toBe('ANALYZE documents;');
});

test('a pool gets what is in use if nobody waits, and twice the root of it, and never fewer than it has', () => {
  const change = (size: number, needed: number): Change | undefined =>
    changesFor([finding('pool too small', { kind: 'pool', pool: 'the pool "http"', size, needed })])[0];
  expect(change(2, 9)?.title).toBe('Let the pool "http" have 15 connections');
  expect(change(2, 0.5)?.title).toBe('Let the pool "http" have 3 connections');
  expect(change(1, 1)?.lines.slice(0, 2)).toEqual(['- at most 1 connection', '+ at most 3 connections']);
});

test('a loop becomes one question, where its text allows that', () => {
  const lines = (statement: string): readonly string[] | undefined =>
    changesFor([finding('n+1 queries', { kind: 'statement', statement, callsPerRequest: 25 })])[0]?.lines;
  expect(lines('SELECT id FROM alerts WHERE id = $1')?.[1]).toContain('SELECT id FROM alerts WHERE id = ANY ($1)');
  expect(lines('SELECT id FROM alerts WHERE id = $1 AND status = $2')?.[1]).toContain('a join');
});

test('a stampede is told apart from a cache that keeps nothing', () => {
  const details: Details = { kind: 'cache', lookUpsPerSec: 20, hitRatio: 0 };
  expect(changesFor([finding('cache stampede', details)])[0]?.lines[1]).toContain('one request');
  expect(changesFor([finding('cache disabled', details)])[0]?.lines[1]).toContain('keep answers');
});

test('a finding of which nothing concrete is known gives no change', () => {
  expect(changesFor([finding('slow downstream')])).toEqual([]);
});
