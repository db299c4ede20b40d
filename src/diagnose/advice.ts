import type { Cause } from './answer.ts';

/** What a finding of a cause says beside its numbers. */
export interface Advice {
  /** Two sentences that anybody follows. */
  readonly why: string;
  readonly todo: string;
  readonly verify: string;
}

type AdviceAbout = (subject: string) => Advice;

/** What to tell about each cause. The subject is what the rule found: a table, a statement, a pool, an endpoint. */
export const ADVICE: Readonly<Record<Cause, AdviceAbout>> = {
  'missing index': (table) => ({
    why: `For every request the database reads all rows of ${table} and throws nearly all of them away. That takes longer with every row that is added, and other requests wait meanwhile.`,
    todo: `Look at the statement with EXPLAIN (ANALYZE, BUFFERS) and create an index on the columns of ${table} that its WHERE compares.`,
    verify: `Run the test again: scans of ${table} (postgres.table_reads, by scan) fall to none, and so does the time of the statement.`,
  }),
  'stale statistics': (table) => ({
    why: `The database plans by what it knows of ${table}, and that is out of date: most of its rows changed since. So it reads the whole table where an index would have been faster.`,
    todo: `Run ANALYZE ${table}, and see why autovacuum does not (autovacuum_analyze_scale_factor, or switched off for the table).`,
    verify: `Run the test again after ANALYZE: postgres.table_changed_rows of ${table} is near 0, and its scans are gone. If they are not, an index is missing.`,
  }),
  'n+1 queries': (statement) => ({
    why: 'A loop asks the database for one row at a time. Each question is fast, but every one makes its way to the database and back.',
    todo: `Fetch all rows with one statement (a join, or WHERE id = ANY($1)) instead of repeating ${statement}.`,
    verify: 'Run the test again: calls of the statement per request (postgres.statement_calls) fall to one.',
  }),
  'pool too small': (pool) => ({
    why: `All connections of ${pool} are in use, so requests queue for one before they can begin. Those who hold one do nothing out of the ordinary with it.`,
    todo: `Make ${pool} larger, as far as the database has sessions and processors for it, or hold connections for a shorter time.`,
    verify:
      'Run the test again: nobody waits for a connection any more, and the database is busier. If only the database got slower, the pool was not the limit.',
  }),
  'connection leak': (pool) => ({
    why: `Some code takes a connection of ${pool} and does not give it back. Each time one fewer is left, until requests wait for those that never come.`,
    todo: 'Find the path that does not release its connection, mostly one that ends with an error, and release it in a finally block.',
    verify: 'Run the test again, for longer: connections in use fall back to almost none whenever the load does.',
  }),
  'lock contention': (statement) => ({
    why: 'Many transactions want to change the same row, and the database lets one after the other. Whoever comes last waits for all before it.',
    todo: `Keep transactions short that hold the lock, or spread the row over several: ${statement}.`,
    verify: 'Run the test again: sessions that wait for a Lock (postgres.waits) fall to none.',
  }),
  'slow downstream': (call) => ({
    why: `The service asks another one and waits for its answer (${call}). While it waits it does nothing itself: more processors or a faster database would not help.`,
    todo: 'Make the other service faster, ask it less often (cache its answers), or ask it while something else goes on; give the call a time limit.',
    verify: `Run the test again: the time in ${call} falls, and with it that of the requests that make the call.`,
  }),
  'event loop blocked': (endpoint) => ({
    why: `The service does one thing at a time, and computing for ${endpoint} takes long at a stretch. All other requests wait until it is done.`,
    todo: `Profile ${endpoint} (node --cpu-prof), make its computing cheaper, or move it into a worker thread.`,
    verify: 'Run the test again: the event loop comes less late, and endpoints that only waited are as fast as alone.',
  }),
  'oversized payload': (endpoint) => ({
    why: `The answers of ${endpoint} are very large, and to turn them into text takes processor time during which nothing else runs. Most readers need a small part of it.`,
    todo: `Send a page at a time, only the fields that are needed, or a stream, in ${endpoint}.`,
    verify: 'Run the test again: bytes per answer fall, and processor time per request with them.',
  }),
  'cache disabled': () => ({
    why: 'The service looks into its cache and never finds anything, so every answer is computed from the beginning. The work is done over and over.',
    todo: 'See whether the cache is switched off, cannot be reached, or forgets at once (time to live, keys that are never the same twice).',
    verify: 'Run the test again: the share of hits rises well above zero, and repeated answers become fast.',
  }),
  'cache stampede': () => ({
    why: 'When a popular entry of the cache expires, all requests that want it find it missing at the same moment, and all compute it. For some seconds everything is slow, and then it begins again.',
    todo: 'Let one request compute a missing entry while the others wait for it, renew entries before they expire, and let them expire at different times.',
    verify: 'Run the test again: bursts of misses are gone, and so are the slow seconds around them.',
  }),
  'memory leak': () => ({
    why: 'The service keeps more and more in memory that it never needs again. The garbage collector searches through all of it, again and again, and everything stands still meanwhile.',
    todo: 'Take two heap snapshots some minutes apart and compare what grew: mostly a map or list that is only ever added to.',
    verify: 'Run the test again, for longer: memory after collections stays level.',
  }),
  'slow consumer': (queue) => ({
    why: `Jobs come into ${queue} faster than they are worked off. So the backlog grows as long as the load lasts, and results come later and later.`,
    todo: 'Work off several jobs at once (more consumers, larger batches), or make a single job cheaper.',
    verify: 'Run the test again: the age of the oldest job stays level under the same load.',
  }),
  'rate limit': (endpoint) => ({
    why: 'A limit on requests turns some of them away although the system could answer them. Users see errors, and not slowness.',
    todo: `Compare the limit with what ${endpoint} is meant to take; raise it, or count by user where all users share one address.`,
    verify: 'Run the test again: no more answers with 429 at the rate that is wanted.',
  }),
  storage: () => ({
    why: 'The database waits for its files. What it needs does not fit into its memory, or it writes more than the disk takes.',
    todo: 'Look at which statements read most blocks, give the database more memory (shared_buffers), or use a faster disk.',
    verify: 'Run the test again: sessions that wait for IO (postgres.waits) become few.',
  }),
  'at capacity': (resource) => ({
    why: `There is more work than the system can do: ${resource} has no time left. No single endpoint does more than its share, so nothing is broken.`,
    todo: 'Add processors or instances, send less, or make the most expensive work cheaper; it is listed above.',
    verify: 'Run the same test with half the load: if times are good there, it was the load.',
  }),
};
