import { type Candidate, ofRequestTime } from '../candidate.ts';
import { withPoolWait } from '../pool-wait.ts';
import { withProcessorWait } from '../processor-wait.ts';
import type { Scene } from '../scene.ts';
import { demandsOf } from '../service-demand.ts';
import type { StatementSignal } from '../signals/database-signals.ts';
import { sumOf, totalOf } from '../timeline.ts';
import { digits, statementStart } from '../wording.ts';

/** Calls of one statement by one request from which it is a loop, and no longer a few statements that look alike. */
const MIN_CALLS_PER_REQUEST = 5;

/** Rows that each call gives: a loop fetches them one by one. */
const MAX_ROWS_PER_CALL = 3;

/** Of how calls come and go, what requests of the endpoints have to explain. */
const MIN_EXPLAINED = 0.5;

/** Of all calls of the statement that requests make, what the endpoint has to make. */
const MIN_ENDPOINT_SHARE = 0.5;

/** One statement again and again within one request, a row at a time. */
export function repetitionRule(scene: Scene): Candidate[] {
  return scene.database.statements.flatMap((statement) => {
    const calls = totalOf(statement.calls);
    if (calls === 0 || totalOf(statement.rows) / calls > MAX_ROWS_PER_CALL) return [];
    if (!/^\s*(?:\/\*.*?\*\/\s*)?(?:select|with)\b/i.test(statement.text)) return [];
    const { demands, explained } = demandsOf(statement.calls, scene.timeline);
    const [first] = demands;
    if (first === undefined || explained < MIN_EXPLAINED || first.share < MIN_ENDPOINT_SHARE) return [];
    if (first.perRequest < MIN_CALLS_PER_REQUEST) return [];
    return [candidate(scene, statement, first.endpoint, first.perRequest)];
  });
}

function candidate(scene: Scene, statement: StatementSignal, endpoint: string, perRequest: number): Candidate {
  const { timeline } = scene;
  const { work, isMeasured } = timeInLoop(scene, statement, endpoint, perRequest);
  const { lost, heldShare } = withPoolWait(scene, work);
  return {
    cause: 'n+1 queries',
    title: `"${endpoint}" asks the database ${digits(perRequest)} times for what one question could bring`,
    ...ofRequestTime(withProcessorWait(scene, work, lost), timeline),
    certainty: isMeasured ? 'sure' : 'likely',
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

/**
 * Most of the cost of a loop is the way to the database and back, which the database does not see: the service's own figure if it tells one, else no
 * more than that each call takes as long as the fastest request of another endpoint, and all of them as long as the request.
 */
function timeInLoop(
  { spans, timeline, slowness }: Scene,
  statement: StatementSignal,
  endpoint: string,
  perRequest: number,
): { readonly work: Float64Array; readonly isMeasured: boolean } {
  const needless = 1 - 1 / perRequest;
  const told = spans.filter((span) => span.endpoint === endpoint && DATABASE_PART.test(span.part));
  if (told.length > 0) {
    return {
      work: sumOf(
        told.map(({ values }) => values),
        timeline.steps,
      ).map((ms) => ms * needless),
      isMeasured: true,
    };
  }
  const own = timeline.endpoints.find(({ name }) => name === endpoint);
  const others = slowness.endpoints.filter(({ name }) => name !== endpoint).map(({ quietMs }) => quietMs);
  return {
    work: statement.busyMs.map((ms, step) => {
      const busy = own?.busyMs[step] ?? 0;
      const most = others.length === 0 ? busy : perRequest * (own?.worked[step] ?? 0) * Math.min(...others);
      return Math.max(ms, Math.min(busy, most)) * needless;
    }),
    isMeasured: false,
  };
}
