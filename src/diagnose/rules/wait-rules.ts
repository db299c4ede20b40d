import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import { withPoolWait } from '../pool-wait.ts';
import type { Scene } from '../scene.ts';
import type { StatementSignal } from '../signals/database-signals.ts';
import { sumOf, type Timeline, totalOf } from '../timeline.ts';
import { digits, percent, statementStart } from '../wording.ts';

/** Of all sessions that work, how many wait for it: fewer are not what holds a database up. */
const MIN_WAITING_SHARE = 0.3;

/** Looks that saw somebody wait: one or two are a moment, and not what a run is slow of. */
const MIN_STEPS = 4;

/** Looks that saw a wait for a lock from which statements that lock, and took longer than alone, are believed to have waited for it. */
const MIN_LOCK_STEPS = 2;

/** Sessions that wait for a lock that another transaction holds. */
export function lockRule(scene: Scene): Candidate[] {
  const seen = waitOf(scene, 'Lock');
  const wait = seen ?? lockWaitOf(scene);
  if (wait === undefined) return [];
  const { timeline, database } = scene;
  const statement = longestWaiting(database.statements);
  const { lost, heldShare } = withPoolWait(scene, wait.ms);
  return [
    {
      cause: 'lock contention',
      title: `Transactions wait for each other's locks${statement ? `: ${statementStart(statement.text, 60)}` : ''}`,
      ...ofRequestTime(lost, timeline),
      certainty: seen === undefined ? 'likely' : 'sure',
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

interface Wait {
  /** Milliseconds per step. */
  readonly ms: Float64Array;
  /** Of the sessions that were seen to work, how many waited, 0–1. */
  readonly share: number;
}

function waitOf(scene: Scene, type: string): Wait | undefined {
  const share = waitingShare(scene, type);
  if (share < MIN_WAITING_SHARE || looksWith(scene, type) < MIN_STEPS) return undefined;
  const sessions = scene.database.waits.get(type)?.values;
  return sessions && { ms: sessions.map((count) => count * scene.timeline.stepMs), share };
}

/**
 * One look a second sees few of the waits that are shorter. How long they are altogether, statements that lock tell, by what they take longer than
 * alone; but no longer than what was seen, and two standard deviations of so many looks.
 */
function lockWaitOf(scene: Scene): Wait | undefined {
  if (looksWith(scene, 'Lock') < MIN_LOCK_STEPS) return undefined;
  const { database, timeline } = scene;
  const ms = sumOf(database.statements.filter(isLocking).map(longerThanAlone), timeline.steps);
  const sessions = totalOf(database.waits.get('Lock')?.values ?? []);
  const mostMs = (sessions + 2 * Math.sqrt(sessions)) * timeline.stepMs;
  const part = Math.min(1, mostMs / (totalOf(ms) || 1));
  return { ms: ms.map((each) => each * part), share: waitingShare(scene, 'Lock') };
}

/** Milliseconds per step beyond what as many calls take in the tenth of the steps in which they are the fastest. */
function longerThanAlone({ busyMs, calls }: StatementSignal): Float64Array {
  const means = busyMs.map((ms, step) => ms / (calls[step] ?? 0)).filter(Number.isFinite);
  const aloneMs = means.length === 0 ? 0 : quantileOfSorted(means.sort(), 0.1);
  return busyMs.map((ms, step) => Math.max(0, ms - aloneMs * (calls[step] ?? 0)));
}

/** A session that waits for its client does not work. */
function waitingShare({ database: { waits } }: Scene, type: string): number {
  const working = [...waits].filter(([name]) => name !== 'Client').map(([, { values }]) => totalOf(values));
  return totalOf(waits.get(type)?.values ?? []) / (working.reduce((sum, each) => sum + each, 0) || 1);
}

function looksWith({ database: { waits } }: Scene, type: string): number {
  return waits.get(type)?.values.filter((sessions) => sessions > 0).length ?? 0;
}

/** Waiting for a lock counts as time of the statement: among those that lock, the one that took the most time. */
function longestWaiting(statements: readonly StatementSignal[]): StatementSignal | undefined {
  return statements.filter(isLocking).toSorted((a, b) => totalOf(b.busyMs) - totalOf(a.busyMs))[0];
}

function isLocking({ text }: StatementSignal): boolean {
  return /\b(?:update|delete|insert|for (?:no key )?(?:update|share)|lock)\b/i.test(text);
}

function meanSessions(ms: Float64Array, { steps, stepMs }: Timeline): number {
  return totalOf(ms) / (steps * stepMs);
}

function meanText({ busyMs, calls, text }: StatementSignal): string {
  const mean = totalOf(busyMs) / Math.max(1, totalOf(calls));
  return `it took ${digits(mean)} ms each time, waiting included: ${statementStart(text)}`;
}
