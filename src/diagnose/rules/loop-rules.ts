import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import { isLarge } from '../large-answers.ts';
import { floorsOf, isRising } from '../level-floors.ts';
import { asRequestsMeet, medianAnswer, stretchWait } from '../loop-wait.ts';
import type { Scene } from '../scene.ts';
import { type Demands, demandsOf } from '../service-demand.ts';
import type { Signal } from '../signals/values.ts';
import { type EndpointTimeline, type Timeline, totalOf } from '../timeline.ts';
import { digits, duration, percent } from '../wording.ts';

/** Busy more than half of the time, a loop makes everybody wait; less, only if what it does at a stretch is long. */
const MIN_UTILISATION = 0.5;
/** Mean wait for a stretch of work, by the median answer. */
const MIN_STRETCH_WAIT = 0.5;

/** Of the work of the loop that requests cause, what one endpoint has to cause. */
const MIN_CULPRIT_SHARE = 0.5;
/** By how much a request of it has to work longer than one of the others. */
const MIN_CULPRIT_RATIO = 5;

/** One endpoint's computing holds up the event loop, and with it everybody. What large answers cost is a matter of their own. */
export function blockedLoopRule(scene: Scene): Candidate[] {
  const { timeline, service } = scene;
  const { loopWork } = service;
  if (loopWork === undefined) return [];
  const demands = demandsOf(
    loopWork.values.map((share) => share * timeline.stepMs),
    timeline,
  );
  const culprit = culpritOf(demands, timeline);
  if (culprit === undefined || isLarge(culprit, timeline)) return [];
  const perRequestMs = demands.demands[0]?.perRequest ?? 0;
  const utilisation = asRequestsMeet(loopWork.values, timeline);
  const waitMs = stretchWait(culprit, perRequestMs, utilisation, timeline);
  if (utilisation < MIN_UTILISATION && waitMs < MIN_STRETCH_WAIT * medianAnswer(timeline)) return [];
  const lost = timeline.busyMs.map((busy, step) => {
    return Math.min(busy, (culprit.ended[step] ?? 0) * perRequestMs + (timeline.due[step] ?? 0) * waitMs);
  });
  return [
    {
      cause: 'event loop blocked',
      title: `Computing for "${culprit.name}" blocks the event loop`,
      ...ofRequestTime(lost, timeline),
      certainty: demands.explained >= 0.5 ? 'sure' : 'likely',
      culprit: culprit.name,
      subject: `"${culprit.name}"`,
      explains: ['at capacity', 'pool too small'],
      seen: [
        {
          text: `one request of "${culprit.name}" keeps the event loop busy for ${duration(perRequestMs)}; it was busy ${percent(utilisation)} of the time`,
          lane: loopWork.lane,
        },
        ...lagSeen(service.loopLag),
      ],
    },
  ];
}

function culpritOf({ demands }: Demands, timeline: Timeline): EndpointTimeline | undefined {
  const [first, ...others] = demands;
  if (first === undefined || first.share < MIN_CULPRIT_SHARE) return undefined;
  const countOf = (name: string): number => timeline.endpoints.find((each) => each.name === name)?.count ?? 0;
  const otherCount = others.reduce((sum, { endpoint }) => sum + countOf(endpoint), 0);
  const otherWork = others.reduce((sum, { endpoint, perRequest }) => sum + perRequest * countOf(endpoint), 0);
  const otherMean = otherCount > 0 ? otherWork / otherCount : 0;
  if (first.perRequest < MIN_CULPRIT_RATIO * otherMean) return undefined;
  return timeline.endpoints.find(({ name }) => name === first.endpoint);
}

function lagSeen(lag: Signal | undefined): Candidate['seen'] {
  if (lag === undefined) return [];
  const highest = quantileOfSorted(Float64Array.from(lag.values).sort(), 0.9);
  return [{ text: `the loop came ${duration(highest)} too late in the worst tenth of the seconds`, lane: lag.lane }];
}

/** What is always in memory grows by this factor. Warming up ends within the first parts of a run. */
const MIN_HEAP_GROWTH = 1.5;

/** Of the time, what garbage collection has to take in the last third. */
const MIN_GC_SHARE = 0.03;

/** Memory that is never given back, and a collector that searches it again and again. */
export function leakRule({ timeline, service }: Scene): Candidate[] {
  const { gcShare, heap } = service;
  if (gcShare === undefined || heap === undefined) return [];
  const floors = floorsOf(heap.values);
  const growth = (floors.at(-1) ?? 0) / (floors[1] ?? Infinity);
  const late = gcShare.values.slice(Math.floor((gcShare.values.length * 2) / 3));
  const lateShare = totalOf(late) / Math.max(1, late.length);
  if (growth < MIN_HEAP_GROWTH || !isRising(floors) || lateShare < MIN_GC_SHARE) return [];
  const mb = (bytes: number): string => `${digits(bytes / 1e6)} MB`;
  return [
    {
      cause: 'memory leak',
      title: 'Memory grows and is not given back; the garbage collector takes the time',
      ...ofRequestTime(
        timeline.busyMs.map((busy, step) => busy * Math.min(1, gcShare.values[step] ?? 0)),
        timeline,
      ),
      certainty: 'likely',
      subject: 'the service',
      explains: ['event loop blocked', 'at capacity'],
      seen: [
        {
          text: `memory in use after collections grew from ${mb(floors[0] ?? 0)} to ${mb(floors.at(-1) ?? 0)}`,
          lane: heap.lane,
        },
        { text: `garbage collection took ${percent(lateShare)} of the time in the last third`, lane: gcShare.lane },
      ],
    },
  ];
}
