import { type Candidate, ofRequestTime } from '../candidate.ts';
import { withPoolWait } from '../pool-wait.ts';
import type { Scene } from '../scene.ts';
import type { StatementSignal } from '../signals/database-signals.ts';
import { type Timeline, totalOf } from '../timeline.ts';
import { digits, percent, statementStart } from '../wording.ts';

/** Of all sessions that work, how many wait for it: fewer are not what holds a database up. */
const MIN_WAITING_SHARE = 0.3;

/** Looks that saw somebody wait: one or two are a moment, and not what a run is slow of. */
const MIN_STEPS = 4;

/** Sessions that wait for a lock that another transaction holds. */
export function lockRule(scene: Scene): Candidate[] {
  const wait = waitOf(scene, 'Lock');
  if (wait === undefined) return [];
  const { timeline, database } = scene;
  const statement = longestWaiting(database.statements);
  const { lost, heldShare } = withPoolWait(scene, wait.ms);
  return [
    {
      cause: 'lock contention',
      title: `Transactions wait for each other's locks${statement ? `: ${statementStart(statement.text, 60)}` : ''}`,
      ...ofRequestTime(lost, timeline),
      certainty: 'sure',
      culprit: undefined,
      subject: statement ? `\`${statementStart(statement.text, 120)}\`` : 'the statement that waits',
      heldShare,
      explains: ['pool too small'],
      seen: [
        {
          text: `${percent(wait.share)} of the working database sessions waited for a lock, ${digits(meanSessions(wait.ms, timeline))} at once on average`,
          lane: 'postgres.waits',
        },
        ...(statement === undefined ? [] : [{ text: meanText(statement), lane: 'postgres.statement_mean' }]),
      ],
    },
  ];
}

/** Sessions that wait for reads and writes of files. */
export function storageRule(scene: Scene): Candidate[] {
  const wait = waitOf(scene, 'IO');
  if (wait === undefined) return [];
  const { lost, heldShare } = withPoolWait(scene, wait.ms);
  return [
    {
      cause: 'storage',
      title: 'The database waits for its storage',
      ...ofRequestTime(lost, scene.timeline),
      certainty: 'likely',
      subject: 'the database',
      heldShare,
      explains: ['pool too small'],
      seen: [
        {
          text: `${percent(wait.share)} of the working database sessions waited for reads or writes`,
          lane: 'postgres.waits',
        },
      ],
    },
  ];
}

function waitOf({ database, timeline }: Scene, type: string): { ms: Float64Array; share: number } | undefined {
  const own = database.waits.get(type);
  if (own === undefined) return undefined;
  // A session that waits for its client does not work.
  const working = [...database.waits].filter(([name]) => name !== 'Client').map(([, { values }]) => totalOf(values));
  const share = totalOf(own.values) / (working.reduce((sum, each) => sum + each, 0) || 1);
  if (share < MIN_WAITING_SHARE || own.values.filter((sessions) => sessions > 0).length < MIN_STEPS) return undefined;
  return { ms: own.values.map((sessions) => sessions * timeline.stepMs), share };
}

/** Waiting for a lock counts as time of the statement: among those that lock, the one that took the most time. */
function longestWaiting(statements: readonly StatementSignal[]): StatementSignal | undefined {
  return statements
    .filter(({ text }) => /\b(?:update|delete|insert|for (?:no key )?(?:update|share)|lock)\b/i.test(text))
    .toSorted((a, b) => totalOf(b.busyMs) - totalOf(a.busyMs))[0];
}

function meanSessions(ms: Float64Array, { steps, stepMs }: Timeline): number {
  return totalOf(ms) / (steps * stepMs);
}

function meanText({ busyMs, calls, text }: StatementSignal): string {
  const mean = totalOf(busyMs) / Math.max(1, totalOf(calls));
  return `it took ${digits(mean)} ms each time, waiting included: ${statementStart(text)}`;
}
