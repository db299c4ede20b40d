import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import { floorsOf, isRising } from '../level-floors.ts';
import { type CrowdedPool, crowdedPool, crowdedSteps } from '../pool-wait.ts';
import type { Scene } from '../scene.ts';
import { totalOf } from '../timeline.ts';
import { connections, digits, duration } from '../wording.ts';

/** Of a pool, by how much the connections that are always in use have to grow. */
const MIN_FLOOR_GROWTH = 0.25;

/** Share of connections in use that may be working for the pool to leak: the others are held by nobody. */
const MAX_WORKING_SHARE = 0.5;

/** Of the connections of a pool that nobody gets any more, how many are seen in a transaction without work. */
const MIN_HELD_IDLE = 0.9;

/** Of the requests in the last third of a run, how many succeed at least where connections still come back. */
const MIN_SUCCESS = 0.4;

/** An event loop that is so busy gives connections back late. */
const FULL_LOOP = 0.9;

/**
 * Callers that wait for a connection, while those who hold one do nothing out of the ordinary: the pool is too small, or
 * connections never come back to it.
 *
 * @param heldShare of the time in which connections were held, what other causes account for, 0–1.
 */
export function poolRule(scene: Scene, heldShare: number): Candidate[] {
  const crowded = crowdedPool(scene);
  if (crowded === undefined) return leakWithoutWaiting(scene);
  const leak = leakOf(scene, crowded);
  return [leak ?? tooSmall(scene, crowded, heldShare)];
}

function tooSmall(scene: Scene, crowded: CrowdedPool, heldShare: number): Candidate {
  const { timeline } = scene;
  const { pool, waitMs, lane } = crowded;
  const size = sizeOf(crowded);
  const only = crowdedSteps(crowded);
  const ended = totalOf(timeline.ended.map(only));
  const held = crowded.heldMs && totalOf(crowded.heldMs.map(only));
  const label = pool.name === '' ? 'the pool' : `the pool "${pool.name}"`;
  const waiting = totalOf(waitMs) / (timeline.steps * timeline.stepMs);
  return {
    cause: 'pool too small',
    title: `Requests wait for a free connection of ${label}`,
    ...ofRequestTime(
      waitMs.map((ms) => ms * (1 - heldShare)),
      timeline,
    ),
    certainty: size === undefined ? 'likely' : 'sure',
    subject: label,
    ...(size === undefined || held === undefined || ended === 0
      ? {}
      : { details: { kind: 'pool' as const, pool: label, size, needed: neededOf(timeline, held / ended, size) } }),
    seen: [
      { text: `${digits(waiting)} callers waited on average, ${duration(totalOf(waitMs))} together`, lane },
      ...(size === undefined || held === undefined || ended === 0
        ? []
        : [
            {
              text: `${connections(size)}, held ${duration(held / ended)} for each request: no more than ${digits((size * 1000 * ended) / held)} requests a second can pass`,
              lane: pool.used?.lane ?? lane,
            },
          ]),
    ],
  };
}

/** Little's law at the busiest tenth of the time: what arrives, times how long each keeps its connection; more than there are, since some wait. */
function neededOf({ due, stepMs }: Scene['timeline'], heldMs: number, size: number): number {
  const perStep = Float64Array.from(due).sort();
  return Math.max(size, (quantileOfSorted(perStep, 0.9) * heldMs) / stepMs);
}

/** The most connections that were ever open. */
function sizeOf({ pool }: Pick<CrowdedPool, 'pool'>): number | undefined {
  const values = pool.size?.values ?? pool.used?.values;
  return values === undefined ? undefined : Math.max(...values);
}

/** Connections that are in use at the quietest moment of each part grow from part to part, and nobody works on them. */
function leakOf(scene: Scene, crowded: CrowdedPool): Candidate | undefined {
  const { used } = crowded.pool;
  const size = sizeOf(crowded);
  if (used === undefined || size === undefined || size === 0) return undefined;
  const floors = floorsOf(used.values);
  const growth = Math.max(...floors) - (floors[0] ?? 0);
  if (growth < MIN_FLOOR_GROWTH * size || workingShare(scene, used.values) > MAX_WORKING_SHARE) return undefined;
  const isGrowing = isRising(floors) && (isHeldIdle(scene, size) || !isOverloaded(scene, Math.max(...floors) >= size));
  if (!isGrowing && !isStuck(scene, used.values, size)) return undefined;
  const label = crowded.pool.name === '' ? 'the pool' : `the pool "${crowded.pool.name}"`;
  return {
    cause: 'connection leak',
    title: `Connections of ${label} are taken and never given back`,
    ...ofRequestTime(crowded.waitMs, scene.timeline),
    certainty: isWatched(scene) ? 'sure' : 'likely',
    subject: label,
    explains: ['pool too small'],
    seen: [
      {
        text: `the fewest connections in use at any time grew from ${digits(floors[0] ?? 0)} to ${digits(Math.max(...floors))} of ${digits(size)}`,
        lane: used.lane,
      },
      ...(isWatched(scene)
        ? [
            {
              text: `in the end ${digits(workingShare(scene, used.values) * 100)} % of the connections in use were working`,
              lane: 'postgres.sessions',
            },
          ]
        : []),
    ],
  };
}

/** Transactions that are open while nobody works in them, more and more of them: nobody will end them. */
function isHeldIdle({ database: { idleInTransaction } }: Scene, size: number): boolean {
  if (idleInTransaction === undefined) return false;
  const floors = floorsOf(idleInTransaction.values);
  return isRising(floors) && Math.max(...floors) - (floors[0] ?? 0) >= MIN_FLOOR_GROWTH * size;
}

/**
 * A leak so quick that it was over before it could be seen to grow: in the last third of the run all connections are in use at every look, all but
 * a tenth of them in transactions in which nobody works. Those of a pool that is too small would change hands.
 */
function isStuck({ database: { idleInTransaction } }: Scene, used: Float64Array, size: number): boolean {
  const from = Math.floor((used.length * 2) / 3);
  const isAlways = (values: Float64Array | undefined, least: number): boolean =>
    values?.slice(from).every((value) => value >= least) === true;
  return isAlways(used, size) && isAlways(idleInTransaction?.values, MIN_HELD_IDLE * size);
}

/**
 * Whether connections are all in use because there is more work than the service can do: then they come back, only late. With all of them gone
 * hardly any request would succeed; with some of them gone, the service itself would not be short of time.
 */
function isOverloaded({ timeline, service: { loopUtilisation } }: Scene, isEmpty: boolean): boolean {
  const from = Math.floor((timeline.steps * 2) / 3);
  const late = (values: Float64Array): number => totalOf(values.slice(from));
  if (isEmpty) return late(timeline.ended) - late(timeline.failed) >= MIN_SUCCESS * late(timeline.due);
  return loopUtilisation !== undefined && late(loopUtilisation.values) >= FULL_LOOP * (timeline.steps - from);
}

/** Requests that fail because no connection comes may never show as waiting. */
function leakWithoutWaiting(scene: Scene): Candidate[] {
  return scene.pools.flatMap((pool) => {
    const waitMs = new Float64Array(scene.timeline.steps);
    const leak = leakOf(scene, { pool, waitMs, heldMs: undefined, lane: '' });
    if (leak === undefined) return [];
    return [{ ...leak, lost: scene.timeline.failed, whole: scene.timeline.due }];
  });
}

function isWatched({ database }: Scene): boolean {
  return database.waits.size > 0;
}

/** In the last third of the run, of the connections in use, how many run a statement or hold a transaction; 0: not known. */
function workingShare({ database }: Scene, used: Float64Array): number {
  const from = Math.floor((used.length * 2) / 3);
  const working = [...database.waits]
    .filter(([type]) => type !== 'Client')
    .map(([, { values }]) => totalOf(values.slice(from)));
  const held = totalOf(used.slice(from));
  return held > 0 ? working.reduce((sum, each) => sum + each, 0) / held : 0;
}
