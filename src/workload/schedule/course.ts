import { type ArrivalPhase, withoutDust } from './arrival-phase.ts';

/** A phase at its place in the test. */
export interface PlacedPhase extends ArrivalPhase {
  readonly index: number;
  /** Milliseconds since the start of the test. */
  readonly startMs: number;
  readonly endMs: number;
  /**
   * How many users of evenly spread phases arrive in this one; 0 in a random phase, of which only the average is known.
   */
  readonly evenArrivals: number;
  /** Where the even arrival of this number (from 0) stands: how many users of this phase are due until then. */
  readonly dueUsersAt: (arrival: number) => number;
  /** When so many users of this phase are due (0 to `users`), in milliseconds since the start of the test. */
  readonly timeOf: (dueUsers: number) => number;
}

/**
 * Lays the phases one after the other.
 *
 * Let Λ(t) be the number of users that evenly spread phases ask for until t. The users arrive where Λ crosses 0.5, 1.5,
 * 2.5…: after each phase as many have come as its rates make, rounded to the nearest, and a remainder is carried over to
 * the next evenly spread phase. Random phases neither add to Λ nor use it. Everything is computed from the position alone,
 * so that nothing adds up over a long run.
 */
export function placePhases(phases: readonly ArrivalPhase[]): PlacedPhase[] {
  let startMs = 0;
  let before: Position = { whole: 0, rest: 0 };
  return phases.map((phase, index) => {
    const from = before;
    const after = phase.isRandom ? from : advanced(from, phase.users);
    const placed = { ...phase, index, startMs, endMs: startMs + phase.lengthMs };
    before = after;
    startMs = placed.endMs;
    return {
      ...placed,
      evenArrivals: arrivedUntil(after) - arrivedUntil(from),
      dueUsersAt: (arrival) => arrivedUntil(from) + arrival - from.whole + (0.5 - from.rest),
      timeOf: (dueUsers) => placed.startMs + phase.lengthMs * timeShare(phase, dueUsers / phase.users),
    };
  });
}

/** A value of Λ in two parts, so that large numbers do not blur the fraction. */
interface Position {
  readonly whole: number;
  /** From 0 to below 1. */
  readonly rest: number;
}

function advanced({ whole, rest }: Position, users: number): Position {
  const full = Math.floor(users);
  const sum = withoutDust(rest + (users - full));
  return { whole: whole + full + Math.floor(sum), rest: sum - Math.floor(sum) };
}

function arrivedUntil({ whole, rest }: Position): number {
  return whole + (rest >= 0.5 ? 1 : 0);
}

/**
 * Which share of the time of a phase has passed when a share of its users is due: the area under a straight line of rates,
 * solved for the time in the form that loses no digits, be the line flat or steep.
 */
function timeShare({ fromPerSec, toPerSec }: ArrivalPhase, userShare: number): number {
  const slope = toPerSec ** 2 - fromPerSec ** 2;
  const rateThere = Math.sqrt(Math.max(0, fromPerSec ** 2 + slope * userShare));
  return Math.min(1, (userShare * (fromPerSec + toPerSec)) / (fromPerSec + rateThere));
}
