import { ADVICE } from './advice.ts';
import {
  type Cause,
  type Certainty,
  type Diagnosis,
  type Finding,
  isVague,
  type Observation,
  type Share,
} from './answer.ts';
import { type Candidate, shareOf } from './candidate.ts';
import type { Evidence } from './evidence.ts';
import { idleCacheRule, stampedeRule } from './rules/cache-rules.ts';
import { capacityRule } from './rules/capacity-rule.ts';
import { downstreamRule } from './rules/downstream-rule.ts';
import { blockedLoopRule, leakRule } from './rules/loop-rules.ts';
import { payloadRule } from './rules/payload-rule.ts';
import { poolRule } from './rules/pool-rule.ts';
import { queueRule } from './rules/queue-rule.ts';
import { refusalRule } from './rules/refusal-rule.ts';
import { repetitionRule } from './rules/repetition-rule.ts';
import { scanRule } from './rules/scan-rule.ts';
import { lockRule, storageRule } from './rules/wait-rules.ts';
import { type Scene, sceneOf } from './scene.ts';
import { ceilingSeen } from './throughput.ts';
import { digits, duration, percent } from './wording.ts';

/** Fewer requests say nothing. */
const FEWEST_REQUESTS = 30;

/** Of the time of all requests, what a cause has to cost to be called the bottleneck. */
const MIN_SHARE = 0.15;

/**
 * Requests refused, of all requests: they cost no time. Waiting for a connection, and the age of statistics: both are measured as such, and are next to
 * nothing in a system that is well.
 */
const OWN_MIN_SHARE: Partial<Record<Cause, number>> = {
  'rate limit': 0.02,
  'pool too small': 0.1,
  'stale statistics': 0.08,
};

/** A cause accounts for another that follows from it, if it costs at least this part of it by itself. */
const MIN_PART_OF_CONSEQUENCE = 0.3;

const RULES: readonly ((scene: Scene) => readonly Candidate[])[] = [
  refusalRule,
  lockRule,
  storageRule,
  scanRule,
  repetitionRule,
  idleCacheRule,
  stampedeRule,
  downstreamRule,
  leakRule,
  payloadRule,
  blockedLoopRule,
  queueRule,
];

/**
 * Why a run is slow: causes that its evidence shows, each with its share of the lost time, the greatest first; or that it is not
 * slow, that the generator was, or that nobody can tell. What is measured decides, by operational laws and waits; what merely moved
 * along is not in the answer.
 *
 * @example diagnose(evidence).answer // 'bottleneck'
 */
export function diagnose(evidence: Evidence): Diagnosis {
  const { requests, generator } = evidence;
  if (requests.count < FEWEST_REQUESTS) {
    return { answer: 'no data', reason: `${requests.count} requests are too few to say anything` };
  }
  if (generator === undefined || generator.isValid) return answerOf(sceneOf(evidence));
  if (generator.share >= MIN_SHARE) return { answer: 'generator', reason: generator.text, todo: generator.advice };
  return { ...answerOf(sceneOf(evidence)), caution: generator.text };
}

function answerOf(scene: Scene): Diagnosis {
  const [first, ...others] = findingsOf(scene);
  if (first !== undefined) return { answer: 'bottleneck', findings: [first, ...others] };
  return scene.slowness.isSlow ? undetermined(scene) : unharmed(scene);
}

interface Weighed {
  readonly candidate: Candidate;
  readonly share: Share;
}

function findingsOf(scene: Scene): Finding[] {
  const direct = RULES.flatMap((rule) => weigh(rule(scene)));
  const heldShare = direct.reduce((sum, { candidate }) => sum + (candidate.heldShare ?? 0), 0);
  const all = oneForEachCause([...direct, ...weigh(poolRule(scene, Math.min(1, heldShare)))]);
  const roots = all.filter((each) => !all.some((other) => other !== each && accountsFor(other, each)));
  // A full resource is what every cause ends in: it is the answer where there is no other.
  const answers = roots.length > 0 ? roots : weigh(capacityRule(scene));
  return answers.toSorted((a, b) => b.share.value - a.share.value).map((root) => findingOf(scene, root, all));
}

function weigh(candidates: readonly Candidate[]): Weighed[] {
  return candidates.flatMap((candidate) => {
    const share = shareOf(candidate);
    if (share === undefined || share.value < (candidate.minShare ?? OWN_MIN_SHARE[candidate.cause] ?? MIN_SHARE))
      return [];
    return [{ candidate, share }];
  });
}

/** Several tables without an index are one answer with the worst of them at its head. */
function oneForEachCause(all: readonly Weighed[]): Weighed[] {
  const sorted = all.toSorted((a, b) => b.share.value - a.share.value);
  return sorted.filter(
    (each, at) => sorted.findIndex((other) => other.candidate.cause === each.candidate.cause) === at,
  );
}

function accountsFor(one: Weighed, other: Weighed): boolean {
  if (one.candidate.explains?.includes(other.candidate.cause) !== true) return false;
  return one.share.value >= MIN_PART_OF_CONSEQUENCE * other.share.value;
}

function findingOf({ slowness }: Scene, weighed: Weighed, all: readonly Weighed[]): Finding {
  const { candidate, share } = weighed;
  const { cause, title, culprit, seen, subject, details } = candidate;
  const delayed = slowness.endpoints.filter(
    ({ name, quietMs, loadedMs }) => name !== culprit && loadedMs >= 2 * quietMs,
  );
  return {
    ...{ cause, title, share, certainty: certaintyOf(weighed), culprit, seen },
    ...(details === undefined ? {} : { details }),
    ...ADVICE[cause](subject),
    delayed: culprit === undefined ? [] : delayed.map(({ name }) => name),
    consequences: all.filter((other) => accountsFor(weighed, other)).map((other) => other.candidate.cause),
  };
}

/** What nobody can say the cost of is less certain to be the bottleneck, however certain it is that it was there. */
function certaintyOf({ candidate: { certainty }, share }: Weighed): Certainty {
  if (!isVague(share)) return certainty;
  return certainty === 'sure' ? 'likely' : 'possible';
}

function undetermined(scene: Scene): Diagnosis {
  const isWatched = scene.evidence.series.length > 0;
  return {
    answer: 'not determined',
    reason: isWatched
      ? 'The run is slow, and nothing that was watched accounts for it'
      : 'The run is slow, and only the requests themselves were measured',
    seen: symptoms(scene),
    todo: isWatched
      ? 'Watch more of the system (its pools, caches, calls to other services; Server-Timing names the parts of each answer), and run the test again.'
      : 'Let the run watch the system: its metrics, its database, its processes, Server-Timing. Then run the test again.',
  };
}

function unharmed(scene: Scene): Diagnosis {
  return {
    answer: 'no bottleneck',
    reason: 'Nothing in this run is slow because of the system',
    seen: symptoms(scene),
  };
}

/** What requests tell by themselves: how much slower under load, who takes the time, who fails. */
function symptoms({ slowness, timeline, evidence }: Scene): Observation[] {
  const ceiling = slowness.isSlow ? ceilingSeen(timeline) : undefined;
  const [worst] = slowness.endpoints.toSorted((a, b) => b.loadedMs / b.quietMs - a.loadedMs / a.quietMs);
  return [
    {
      text: `answers took ${digits(slowness.inflation)} times as long in the busy parts of the run as in the quiet ones`,
    },
    ...(worst === undefined
      ? []
      : [
          {
            text: `the greatest change: "${worst.name}", from ${duration(worst.quietMs)} to ${duration(worst.loadedMs)} (medians)`,
          },
        ]),
    ...(ceiling === undefined ? [] : [ceiling]),
    ...(slowness.failedShare === 0 ? [] : [{ text: `${percent(slowness.failedShare)} of the requests failed` }]),
    ...evidence.brokenRules.map((rule) => ({ text: `a rule of the test is broken: ${rule}` })),
  ];
}
