import { createRandom, type Random } from 'proving-ground/stats/random.ts';
import type { VUContext } from './artillery-types.ts';
import { seedNotice, seedOfRun } from './random/run-seed.ts';
import { claimWorkerNumber, nodeLocks, workerNumber } from './random/worker-number.ts';

/** One virtual user as the processors see it. */
export interface VirtualUser {
  /** The how-manieth user of its journey in this worker, from 0. */
  readonly index: number;
  /**
   * The user's own random numbers for one purpose ("search", "think"). Streams of different users and purposes are
   * independent of each other, so what one user sends depends neither on the timing of others nor on how often
   * something else was drawn.
   */
  stream(purpose: string): Random;
}

const users = new WeakMap<object, VirtualUser>();
const arrivals = new Map<string, number>();
let knownSeed: string | undefined;
// When this module is loaded; the first user arrives long after.
void claimWorkerNumber(nodeLocks());

/**
 * The user that a context belongs to. Users are numbered at the first call, which Artillery makes in the moment of the
 * arrival when the journey has a `beforeScenario` hook or begins with a request.
 */
export function userOf(context: VUContext): VirtualUser {
  // The variables, not the context, are what engines hand on from step to step.
  const known = users.get(context.vars);
  if (known !== undefined) return known;
  const journey = journeyOf(context);
  const index = arrivals.get(journey) ?? 0;
  arrivals.set(journey, index + 1);
  const user = createUser(labelOfJourney(context), index);
  users.set(context.vars, user);
  return user;
}

/** Random numbers that all users of a journey share in this worker, such as the order in which accounts are used. */
export function streamOfJourney(context: VUContext, purpose: string): Random {
  return createRandom(`${labelOfJourney(context)}/${purpose}`);
}

/** The name of the user's journey. */
export function journeyOf(context: VUContext): string {
  return String(context.scenario?.name ?? 'unnamed journey');
}

function createUser(journeyLabel: string, index: number): VirtualUser {
  const streams = new Map<string, Random>();
  return {
    index,
    stream(purpose) {
      const known = streams.get(purpose);
      if (known !== undefined) return known;
      const stream = createRandom(`${journeyLabel}/${index}/${purpose}`);
      streams.set(purpose, stream);
      return stream;
    },
  };
}

// By journey, so that one journey more or less in a test does not change what the others send.
function labelOfJourney(context: VUContext): string {
  return `${runSeed(context)}/${workerNumber()}/${journeyOf(context)}`;
}

function runSeed(context: VUContext): string {
  if (knownSeed !== undefined) return knownSeed;
  knownSeed = seedOfRun(process.env.SEED, context.vars.$testId);
  const notice = seedNotice(process.env.SEED, knownSeed);
  // Once per run, however many workers there are.
  if (notice !== undefined && workerNumber() === 1) console.log(notice);
  return knownSeed;
}
