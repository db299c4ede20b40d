import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, minShareWithin, ofRequestTime } from '../candidate.ts';
import { isLarge } from '../large-answers.ts';
import { floorsOf, isRising } from '../level-floors.ts';
import { asRequestsMeet, medianAnswer, stretchWait } from '../loop-wait.ts';
import type { Scene } from '../scene.ts';
import { demandOf } from '../service-demand.ts';
import type { Signal } from '../signals/values.ts';
import { type EndpointTimeline, type Timeline, totalOf } from '../timeline.ts';
import { digits, duration, percent } from '../wording.ts';

/** Busy more than half of the time, a loop makes everybody wait; less, only if what it does at a stretch is long. */
const MIN_UTILISATION = 0.5;
/** Mean wait for a stretch of work, by the median answer. */
const MIN_STRETCH_WAIT = 0.5;

/** Of the work of the loop that requests cause, what one endpoint has to cause. */
const MIN_CULPRIT_SHARE = 0.5;
/** The same of one whose requests work long at a stretch, which is felt though others work as well. */
const MIN_LONG_SHARE = 0.3;
/** By how much a request of it has to work longer than one of the others. */
const MIN_CULPRIT_RATIO = 5;

/** Of how the work of the loop comes and goes, what requests have to explain to be sure that they cause it. */
const MIN_EXPLAINED = 0.5;

/** Of the time of its answers, what an endpoint works: more than all of it is somebody else's work, but for what cannot be told exactly. */
const MIN_OWN_WORK = 0.5;
const MAX_OWN_WORK = 1.25;

/** Of the seconds in which requests of an endpoint end, those in which the loop stood still for so much of what one works, if it does so at a stretch. */
const MIN_STALLED_SECONDS = 0.5;
const MIN_PART_OF_STALL = 0.8;

/** One endpoint's computing holds up the event loop, and with it everybody. What large answers cost is a matter of their own. */
export function blockedLoopRule({ timeline, service }: Scene): Candidate[] {
  const { loopWork } = service;
  if (loopWork === undefined) return [];
  const culprit = culpritOf(loopWork, timeline);
  if (culprit === undefined || isLarge(culprit.endpoint, timeline)) return [];
  const { endpoint, perRequestMs, explained } = culprit;
  if (neverStoodStill(endpoint, perRequestMs, service.longestStall)) return [];
  const utilisation = asRequestsMeet(loopWork.values, timeline);
  const waitMs = stretchWait(endpoint, perRequestMs, utilisation, timeline);
  const isFelt = utilisation >= MIN_UTILISATION || waitMs >= MIN_STRETCH_WAIT * medianAnswer(timeline);
  const isLong = worksLong(culprit, timeline);
  if (!isLong && !(isFelt && culprit.share >= MIN_CULPRIT_SHARE)) return [];
  const lost = timeline.busyMs.map((busy, step) => {
    return Math.min(busy, (endpoint.ended[step] ?? 0) * perRequestMs + (timeline.due[step] ?? 0) * waitMs);
  });
  return [
    {
      cause: 'event loop blocked',
      title: `Computing for "${endpoint.name}" blocks the event loop`,
      ...ofRequestTime(lost, timeline),
      certainty: explained >= MIN_EXPLAINED ? 'sure' : 'likely',
      minShare: isLong ? minShareWithin(endpoint.busyMs, endpoint.count * perRequestMs) : undefined,
      culprit: endpoint.name,
      subject: `"${endpoint.name}"`,
      explains: ['at capacity', 'pool too small'],
      seen: [
        {
          text: `one request of "${endpoint.name}" keeps the event loop busy for ${duration(perRequestMs)}; it was busy ${percent(utilisation)} of the time`,
          lane: loopWork.lane,
        },
        ...lagSeen(service.loopLag),
      ],
    },
  ];
}

interface Culprit {
  readonly endpoint: EndpointTimeline;
  readonly perRequestMs: number;
  /** Of the work that requests cause, 0–1. */
  readonly share: number;
  readonly explained: number;
}

/** Of the endpoints that cause much of the work, the one that accounts for it best: each told from all others together, as a short run has few steps. */
function culpritOf({ values }: Signal, timeline: Timeline): Culprit | undefined {
  const work = values.map((share) => share * timeline.stepMs);
  const requests = totalOf(timeline.due);
  return timeline.endpoints
    .map((endpoint): Culprit => {
      const { perRequest, share, explained } = demandOf(work, endpoint, timeline);
      return { endpoint, perRequestMs: perRequest, share, explained };
    })
    .filter(({ endpoint: { count }, perRequestMs, share }) => {
      if (share < MIN_LONG_SHARE) return false;
      const othersMs = (perRequestMs * count * (1 - share)) / share;
      return perRequestMs * (requests - count) >= MIN_CULPRIT_RATIO * othersMs;
    })
    .toSorted((a, b) => b.explained - a.explained)[0];
}

/** Whether its requests compute most of their time, and longer at a stretch than most answers take: whoever comes meanwhile is kept waiting. */
function worksLong({ endpoint, perRequestMs, explained }: Culprit, timeline: Timeline): boolean {
  const ownWork = (endpoint.count * perRequestMs) / (totalOf(endpoint.busyMs) || Infinity);
  if (explained < MIN_EXPLAINED || ownWork < MIN_OWN_WORK || ownWork > MAX_OWN_WORK) return false;
  return perRequestMs >= medianAnswer(timeline);
}

/**
 * Whether the loop came back sooner than a request is said to work: then the work is not done at a stretch, or not by the loop. Threads that hash are
 * counted to the process as well.
 */
function neverStoodStill({ ended }: EndpointTimeline, perRequestMs: number, longestStall: Signal | undefined): boolean {
  if (longestStall === undefined) return false;
  const { values } = longestStall;
  let [seconds, stalled] = [0, 0];
  for (const [step, count] of ended.entries()) {
    if (count === 0) continue;
    seconds += 1;
    // One look at the system may come earlier than the other.
    const longestMs = Math.max(values[step - 1] ?? 0, values[step] ?? 0, values[step + 1] ?? 0);
    if (longestMs >= MIN_PART_OF_STALL * perRequestMs) stalled += 1;
  }
  return stalled < MIN_STALLED_SECONDS * seconds;
}

function lagSeen(lag: Signal | undefined): Candidate['seen'] {
  if (lag === undefined) return [];
  const highest = quantileOfSorted(Float64Array.from(lag.values).sort(), 0.9);
  return [{ text: `the loop came ${duration(highest)} too late in the worst tenth of the seconds`, lane: lag.lane }];
}

/** What is always in memory grows by this factor. Warming up ends within the first parts of a run. */
const MIN_HEAP_GROWTH = 1.5;

/** Of the time, what garbage collection has to take in the last third; and in all, of the time of requests. */
const MIN_GC_SHARE = 0.03;

/** What has grown by this factor will not fit for long: less of the time is enough. */
const STEEP_HEAP_GROWTH = 3;
const MIN_GC_SHARE_OF_STEEP = 0.01;

/** Memory that is never given back, and a collector that searches it again and again. */
export function leakRule({ timeline, service }: Scene): Candidate[] {
  const { gcShare, heap } = service;
  if (gcShare === undefined || heap === undefined) return [];
  const floors = floorsOf(heap.values);
  const growth = (floors.at(-1) ?? 0) / (floors[1] ?? Infinity);
  const late = gcShare.values.slice(Math.floor((gcShare.values.length * 2) / 3));
  const lateShare = totalOf(late) / Math.max(1, late.length);
  const least = growth >= STEEP_HEAP_GROWTH ? MIN_GC_SHARE_OF_STEEP : MIN_GC_SHARE;
  if (growth < MIN_HEAP_GROWTH || !isRising(floors) || lateShare < least) return [];
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
      minShare: least,
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
