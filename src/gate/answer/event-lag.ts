import { type Answer, type AnswerEvidence, busiestPhase, seriesOf, spanOf, unanswered, valuesIn } from './evidence.ts';
import { ms, number } from './words.ts';

const QUEUE = { queue: 'correlate' } as const;
/** So many events wait in a queue that is empty, now and then. */
const EMPTY_DEPTH = 2;

/** How long an event takes to become visible, how far the queue falls behind in the busiest phase, and how long it takes to work that off. */
export function eventLag({ record, system }: AnswerEvidence): Answer {
  const lag = record.metrics.summaries['threats.detection_time'];
  if (lag === undefined) return unanswered('no attack was seen to become an alert (threats.detection_time)');
  const accepted = record.metrics.counters['events.accepted'];
  const backlog = backlogOf({ record, system });
  return {
    isAnswered: true,
    text: `An attack is visible after ${ms(lag.p50)}, and 95 of 100 within ${ms(lag.p95)}.${backlogText(backlog)}`,
    figures: [
      { name: 'lag p50', value: lag.p50, unit: 'ms' },
      { name: 'lag p95', value: lag.p95, unit: 'ms' },
      ...(accepted === undefined ? [] : [{ name: 'events accepted', value: accepted, unit: '' }]),
      ...(backlog === undefined
        ? []
        : [
            { name: 'most that waited', value: backlog.most, unit: '' },
            {
              name: 'worked off after',
              ...(backlog.drainSec === undefined ? {} : { value: backlog.drainSec }),
              unit: 's',
            },
          ]),
    ],
  };
}

interface Backlog {
  /** Jobs. */
  readonly most: number;
  /** Seconds from the end of the busiest phase until the queue was empty, and stayed so; undefined: it never was. */
  readonly drainSec: number | undefined;
}

function backlogOf({ record, system }: Pick<AnswerEvidence, 'record' | 'system'>): Backlog | undefined {
  const [depth] = seriesOf(system, 'queue_depth', QUEUE);
  const busiest = busiestPhase(record);
  if (depth === undefined || system === undefined || busiest === undefined) return undefined;
  const known = valuesIn(depth, system);
  const after = valuesIn(depth, system, { from: spanOf(busiest, record).to, to: Infinity });
  const lastFull = after.findLastIndex((value) => value > EMPTY_DEPTH);
  const drained = lastFull + 1 < after.length || lastFull < 0;
  return { most: Math.max(0, ...known), drainSec: drained ? (lastFull + 1) * system.stepSeconds : undefined };
}

function backlogText(backlog: Backlog | undefined): string {
  if (backlog === undefined) return '';
  const { most, drainSec } = backlog;
  if (most <= EMPTY_DEPTH) return ' Nothing piled up.';
  const waited = ` At most ${number(most)} batches waited`;
  if (drainSec === undefined) return `${waited}; they were not worked off by the end of the test.`;
  return drainSec === 0
    ? `${waited}; nothing was left of them when the rush ended.`
    : `${waited}, worked off ${number(drainSec)} s after the rush ended.`;
}
