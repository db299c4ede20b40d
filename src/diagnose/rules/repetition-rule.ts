import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, minShareWithin, ofRequestTime } from '../candidate.ts';
import { withPoolWait } from '../pool-wait.ts';
import { withProcessorWait } from '../processor-wait.ts';
import type { Scene } from '../scene.ts';
import { type Demand, demandOf } from '../service-demand.ts';
import type { StatementSignal } from '../signals/database-signals.ts';
import { sumOf, type Timeline, totalOf } from '../timeline.ts';
import { digits, statementStart } from '../wording.ts';

/** Calls of one statement by one request from which it is a loop, and no longer a few statements that look alike. */
const MIN_CALLS_PER_REQUEST = 5;

/** Rows that each call gives: a loop fetches them one by one. */
const MAX_ROWS_PER_CALL = 3;

/** Of how calls come and go, what requests of the endpoint have to explain. */
const MIN_EXPLAINED = 0.5;

/** An endpoint that explains them this much worse at most, and without a loop, is as good an explanation. */
const EXPLAINED_AS_WELL = 0.05;

/** Of all calls of the statement that requests make, what the endpoint has to make. */
const MIN_ENDPOINT_SHARE = 0.5;

/** Answers of an endpoint below which the fastest of them say little. */
const FEWEST_ANSWERS = 8;

/** The way to a database on the same machine and back takes no less, whoever asks; milliseconds. */
const SHORTEST_WAY_MS = 0.05;

/** One statement again and again within one request, a row at a time. */
export function repetitionRule(scene: Scene): Candidate[] {
  return scene.database.statements.flatMap((statement) => {
    const calls = totalOf(statement.calls);
    if (calls === 0 || totalOf(statement.rows) / calls > MAX_ROWS_PER_CALL) return [];
    if (!/^\s*(?:\/\*.*?\*\/\s*)?(?:select|with)\b/i.test(statement.text)) return [];
    const caller = callerOf(statement, scene.timeline);
    if (caller === undefined || caller.perRequest < MIN_CALLS_PER_REQUEST) return [];
    return [candidate(scene, statement, caller.endpoint, caller.perRequest)];
  });
}

/**
 * The endpoint whose requests account best for how calls come and go, each told from all others together: a short run has fewer steps than endpoints.
 * One whose requests all together took less time than the calls did cannot have made them. Where an endpoint without a loop accounts for
 * them nearly as well, it is taken: people who search five times sign in once.
 */
function callerOf(statement: StatementSignal, timeline: Timeline): Demand | undefined {
  const callsMs = leastTimeOf(statement);
  const callers = timeline.endpoints
    .filter(({ busyMs }) => totalOf(busyMs) >= callsMs)
    .map((endpoint) => demandOf(statement.calls, endpoint, timeline))
    .filter(({ share, explained }) => share >= MIN_ENDPOINT_SHARE && explained >= MIN_EXPLAINED)
    .toSorted((a, b) => b.explained - a.explained);
  const [best] = callers;
  if (best === undefined) return undefined;
  const plain = callers.find(({ perRequest, explained }) => {
    return perRequest < MIN_CALLS_PER_REQUEST && explained >= best.explained - EXPLAINED_AS_WELL;
  });
  return plain ?? best;
}

function candidate(scene: Scene, statement: StatementSignal, endpoint: string, perRequest: number): Candidate {
  const { timeline } = scene;
  const { work, leastMs, isMeasured } = timeInLoop(scene, statement, endpoint, perRequest);
  const { lost, heldShare } = withPoolWait(scene, work);
  const own = timeline.endpoints.find(({ name }) => name === endpoint);
  return {
    cause: 'n+1 queries',
    title: `"${endpoint}" asks the database ${digits(perRequest)} times for what one question could bring`,
    ...ofRequestTime(withProcessorWait(scene, work, lost), timeline),
    certainty: isMeasured ? 'sure' : 'likely',
    minShare: own && minShareWithin(own.busyMs, leastMs),
    culprit: endpoint,
    subject: `\`${statementStart(statement.text, 120)}\``,
    details: { kind: 'statement', statement: statement.text, callsPerRequest: perRequest },
    heldShare,
    explains: ['pool too small', 'at capacity', 'event loop blocked'],
    seen: [
      {
        text: `${digits(perRequest)} calls for each request of "${endpoint}", ${digits(totalOf(statement.rows) / totalOf(statement.calls))} rows each: ${statementStart(statement.text)}`,
        lane: 'postgres.statement_calls',
      },
    ],
  };
}

const DATABASE_PART = /^(?:db|database|sql|pg|postgres|mysql|query|queries)$/i;

/** What its calls took together if nobody waited for anything: milliseconds. */
function leastTimeOf({ busyMs, calls }: StatementSignal): number {
  return totalOf(busyMs) + totalOf(calls) * SHORTEST_WAY_MS;
}

interface LoopTime {
  /** Milliseconds per step. */
  readonly work: Float64Array;
  /** What it took at least, in all: milliseconds that were measured, or that cannot have been fewer. */
  readonly leastMs: number;
  readonly isMeasured: boolean;
}

/**
 * Most of the cost of a loop is the way to the database and back, which the database does not see: the service's own figure if it tells one, else all
 * the time of its requests. Both hold other work as well, such as one slow question beside the loop: so each call takes no longer than the fastest
 * request of another endpoint.
 */
function timeInLoop(scene: Scene, statement: StatementSignal, endpoint: string, perRequest: number): LoopTime {
  const { spans, timeline } = scene;
  const needless = 1 - 1 / perRequest;
  const own = timeline.endpoints.find(({ name }) => name === endpoint);
  const told = spans.filter((span) => span.endpoint === endpoint && DATABASE_PART.test(span.part));
  const series = told.length > 0 ? told.map(({ values }) => values) : [own?.busyMs ?? []];
  const whole = sumOf(series, timeline.steps);
  const mostMs = Math.max(1, own?.count ?? 0) * perRequest * fastestOther(scene, endpoint);
  const part = Math.min(1, mostMs / (totalOf(whole) || 1));
  const work = whole.map((ms, step) => Math.max(statement.busyMs[step] ?? 0, ms * part) * needless);
  const isMeasured = told.length > 0 && part === 1;
  const leastMs = isMeasured ? totalOf(work) : Math.min(totalOf(work), leastTimeOf(statement) * needless);
  return { work, leastMs, isMeasured };
}

/** How long requests of any other endpoint take at the least, milliseconds: where few came, by the fastest tenth of them. Infinity: there are no others. */
function fastestOther({ timeline, slowness }: Scene, endpoint: string): number {
  const others = timeline.endpoints.filter(({ name, sortedMs }) => {
    return name !== endpoint && sortedMs.length >= FEWEST_ANSWERS;
  });
  return Math.min(
    ...others.map(({ name, sortedMs }) => {
      return slowness.endpoints.find((each) => each.name === name)?.quietMs ?? quantileOfSorted(sortedMs, 0.1);
    }),
  );
}
