import { type Candidate, minShareWithin, ofRequestTime } from '../candidate.ts';
import { largeSenders } from '../large-answers.ts';
import { asRequestsMeet, stretchWait } from '../loop-wait.ts';
import { withPoolWait } from '../pool-wait.ts';
import type { Scene } from '../scene.ts';
import { demandOf } from '../service-demand.ts';
import type { StatementSignal } from '../signals/database-signals.ts';
import { added, type Signal } from '../signals/values.ts';
import { type EndpointTimeline, sumOf, totalOf } from '../timeline.ts';
import { digits, duration, statementStart } from '../wording.ts';

/** Rows that one call of a statement brings from which they are what makes an answer large. */
const MIN_ROWS_PER_CALL = 500;
/** Calls of it for each request of the endpoint, at least, and of all calls the endpoint's part. */
const MIN_CALLS_PER_REQUEST = 0.5;
const MIN_CALLS_SHARE = 0.5;

/** Of how the processor time comes and goes, what requests have to explain to say that large answers take it. */
const MIN_EXPLAINED = 0.5;

/** Answers so large that to read, to write and to send them is what their endpoint does: in processor time, in rows, or on the way. */
export function payloadRule(scene: Scene): Candidate[] {
  const costs = largeSenders(scene.timeline).map((endpoint) => costOf(scene, endpoint));
  const [most] = costs.toSorted((a, b) => totalOf(b.lost) - totalOf(a.lost));
  if (most === undefined) return [];
  const { timeline } = scene;
  const lost = sumOf(
    costs.map((cost) => cost.lost),
    timeline.steps,
  ).map((ms, step) => Math.min(ms, timeline.busyMs[step] ?? 0));
  const { name, meanBytes } = most.endpoint;
  const kB = digits(meanBytes / 1000);
  return [
    {
      cause: 'oversized payload',
      title: `"${name}" sends ${kB} kB a time, and making and sending them takes the time`,
      ...ofRequestTime(lost, timeline),
      certainty: most.isMeasured ? 'sure' : 'likely',
      minShare: minShareWithin(most.endpoint.busyMs, totalOf(most.ownMs)),
      culprit: name,
      subject: `"${name}"`,
      heldShare: Math.min(
        1,
        costs.reduce((sum, { heldShare }) => sum + heldShare, 0),
      ),
      explains: ['at capacity', 'pool too small'],
      seen: [{ text: `its answers have ${kB} kB on average, ${timesOthers(scene, most.endpoint)}` }, ...most.seen],
    },
  ];
}

interface Cost {
  readonly endpoint: EndpointTimeline;
  /** Milliseconds per step, those included that others wait for it. */
  readonly lost: Float64Array;
  /** Of them, those of the answers themselves. */
  readonly ownMs: Float64Array;
  readonly heldShare: number;
  /** Whether processor time or rows were seen, and not only how long answers were on their way. */
  readonly isMeasured: boolean;
  readonly seen: Candidate['seen'];
}

function costOf(scene: Scene, endpoint: EndpointTimeline): Cost {
  const { timeline } = scene;
  const work = workPerAnswer(scene, endpoint);
  const rows = rowsBehind(scene, endpoint);
  const reading = rows?.busyMs ?? new Float64Array(timeline.steps);
  const { lost: held, heldShare } = withPoolWait(scene, reading);
  const transferMs = totalOf(endpoint.transferMs) / Math.max(1, endpoint.count);
  // What an answer takes itself is no longer than the answer; others wait for the stretch in which it is made, and for its connection.
  const own = endpoint.busyMs.map((busy, step) => {
    const made = (endpoint.ended[step] ?? 0) * work.perAnswerMs;
    return Math.min(Math.max(busy, made), made + (endpoint.transferMs[step] ?? 0) + (reading[step] ?? 0));
  });
  return {
    endpoint,
    lost: own.map((ms, step) => {
      const others = (timeline.due[step] ?? 0) - (endpoint.due[step] ?? 0);
      return ms + others * work.othersWaitMs + (held[step] ?? 0) - (reading[step] ?? 0);
    }),
    ownMs: own,
    heldShare,
    isMeasured: work.isClear || rows !== undefined,
    seen: [
      ...(work.perAnswerMs > 0
        ? [{ text: `each takes ${duration(work.perAnswerMs)} of processor time to make`, lane: work.lane }]
        : []),
      ...(rows === undefined
        ? []
        : [
            {
              text: `${digits(totalOf(rows.rows) / totalOf(rows.calls))} rows are read for each: ${statementStart(rows.text)}`,
              lane: 'postgres.statement_rows',
            },
          ]),
      { text: `from its first byte to its last an answer takes ${duration(transferMs)}` },
    ],
  };
}

interface Work {
  readonly perAnswerMs: number;
  readonly othersWaitMs: number;
  readonly lane: string;
  readonly isClear: boolean;
}

/** Processor time of the event loop; of a service that does not tell it, of all its processes, and then nobody need wait for it. */
function workPerAnswer({ service, database, timeline }: Scene, endpoint: EndpointTimeline): Work {
  const processes = added(service.cores.filter(({ system }) => system !== database.system));
  const signal: Signal | undefined = service.loopWork ?? processes;
  if (signal === undefined) return { perAnswerMs: 0, othersWaitMs: 0, lane: '', isClear: false };
  const { perRequest: perAnswerMs, explained } = demandOf(
    signal.values.map((share) => share * timeline.stepMs),
    endpoint,
    timeline,
  );
  const isLoop = service.loopWork !== undefined;
  return {
    perAnswerMs,
    othersWaitMs: isLoop ? stretchWait(endpoint, perAnswerMs, asRequestsMeet(signal.values, timeline), timeline) : 0,
    lane: signal.lane,
    isClear: explained >= MIN_EXPLAINED && perAnswerMs > 0,
  };
}

/** The statement that brings most rows for the answers of an endpoint. */
function rowsBehind({ database, timeline }: Scene, endpoint: EndpointTimeline): StatementSignal | undefined {
  return database.statements
    .filter(({ rows, calls }) => totalOf(rows) >= MIN_ROWS_PER_CALL * totalOf(calls) && totalOf(calls) > 0)
    .filter(({ calls }) => {
      const { perRequest, share } = demandOf(calls, endpoint, timeline);
      return perRequest >= MIN_CALLS_PER_REQUEST && share >= MIN_CALLS_SHARE;
    })
    .toSorted((a, b) => totalOf(b.rows) - totalOf(a.rows))[0];
}

function timesOthers({ timeline }: Scene, { name }: EndpointTimeline): string {
  const others = timeline.endpoints.filter((each) => each.name !== name);
  const count = others.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return 'and there are no others';
  const mean = others.reduce((sum, each) => sum + each.count * each.meanBytes, 0) / count;
  return `those of the others ${digits(mean / 1000)} kB`;
}
