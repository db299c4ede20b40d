import { UserFault } from 'proving-ground/errors.ts';
import { createRandom } from 'proving-ground/stats/random.ts';
import { type Entry, isEntry } from 'proving-ground/workload/plan/entry.ts';
import {
  type ArrivalPhase,
  arrivalPhase,
  capOf,
  journeyShares,
  pickJourney,
  type ScheduledArrival,
  type ScheduleEvent,
  scheduleOf,
  turnsIn,
  type WeightedJourney,
  type WorkerPlace,
  wholePhases,
} from 'proving-ground/workload/schedule/index.ts';
import type { Alarm } from './alarm.ts';
import { type ArrivalHandler, capturePhaser, type Phaser } from './capture-phaser.ts';
import { readRowsInTurn } from './csv-rows.ts';
import { drive, type PhaseSpec } from './drive.ts';
import { firstTurn } from './first-turn.ts';
import { type Agreement, openGathering } from './gathering.ts';
import { takeWeights } from './journeys.ts';
import { artillerysLodash, type Draws, seedDraws } from './seeded-draws.ts';
import { TurnClock, type Turns, turnsOf } from './turns.ts';

/** The arrival of a user. */
export interface Arrival {
  /** `performance.now()` milliseconds. */
  readonly dueAt: number;
  /** Among all users of the test over all workers, from 0. */
  readonly number: number;
  readonly phaseIndex: number;
}

/** What an engine can ask about arrivals. */
export interface Arrivals {
  /** When users may begin something. */
  readonly turns: Turns;
  /** While Artillery starts a user, which is a synchronous affair; undefined where it started one itself (before, after). */
  current(): Arrival | undefined;
  /**
   * The phase under way at a time that has come, `performance.now()` milliseconds, by the plan; undefined before the first and
   * after the last. A phase without a name is called by its number.
   */
  phaseNameAt(time: number): string | undefined;
}

/** From then on another phase is under way, or none. The latest is the first in the list: that is nearly always the one. */
interface PhaseChange {
  readonly at: number;
  readonly name: string | undefined;
}

/** The runner's own script, as far as it matters here. */
export interface ArrivalScript {
  readonly config: object;
  readonly scenarios?: unknown;
}

/**
 * Takes the schedule of a worker over from Artillery: phases, arrivals, journeys and rows of CSV files follow the plan of the
 * whole test (src/workload/schedule), each at its exact time and with draws that hang on the seed and on the number of the
 * arrival only. To be called in the constructor of an engine in a worker, before the runner makes its phaser.
 *
 * The seed is that of the run (`SEED`), else an arbitrary one that all workers share.
 *
 * @param script edited in place: weights and CSV readers. @param runnerEvents what the constructor was given.
 */
export function takeOverArrivals(script: ArrivalScript, runnerEvents: object, alarm: Alarm): Arrivals {
  const config: Entry = { ...script.config };
  const specs = listOf(config.phases);
  const place = placeOf(specs[0]);
  const runId = testRunId();
  const seed = process.env.SEED || runId;
  const turns = new TurnClock();
  const turnPlan = turnsIn(process.env);
  const turnsBegin = turnPlan && firstTurn(runId);
  // Copied before Artillery's phaser writes its own reading of them into the phases.
  const gathering = openGathering(place, structuredClone(specs), runId);
  const journeys = takeWeights(script.scenarios, config, process.env);
  const withDraws = seedDraws(artillerysLodash());
  let current: Arrival | undefined;
  const changes: PhaseChange[] = [];
  readRowsInTurn(config.payload, () => current?.number);

  function begin(phaser: Phaser, onArrival: ArrivalHandler, { shares, startAt }: Agreement): void {
    const phases = wholePhases(shares).map(arrivalPhase);
    const choose = chooser(phases, journeys, seed);
    const caps = phases.map(({ maxVusers }) => ({ maxVusers: capOf(maxVusers, place) }));
    const start = (arrival: ScheduledArrival): void => {
      const { number, phaseIndex, dueMs } = arrival;
      current = { dueAt: turns.after(startAt, dueMs), number, phaseIndex };
      try {
        withDraws(choose(arrival), () => onArrival(caps[phaseIndex] ?? { maxVusers: Infinity }));
      } finally {
        current = undefined;
      }
    };
    const onPhase = (index: number | undefined, at: number): void => {
      changes.unshift({ at, name: index === undefined ? undefined : nameOf(specs[index], index) });
    };
    // What ends, ends with a turn; what begins, begins with the next.
    const timeOf = ({ kind, dueMs }: ScheduleEvent): number =>
      kind === 'phase ends' ? turns.until(startAt, dueMs) : turns.after(startAt, dueMs);
    drive(phaser, specs, alarm, { events: scheduleOf(phases, seed, place), timeOf, start, onPhase });
  }

  capturePhaser(runnerEvents, (phaser, onArrival) => {
    phaser.run = () => {
      // The alarm's first ring tells that its clock runs; the first users would be late otherwise.
      alarm.at(performance.now() + 1, () => {
        gathering.ready((agreement) => {
          const beginAt = (startAt: number): void =>
            alarm.at(startAt, () => begin(phaser, onArrival, { ...agreement, startAt }));
          if (turnPlan === undefined) beginAt(agreement.startAt);
          else {
            void turnsBegin?.then((startAt) => {
              turns.keepTo(turnsOf(turnPlan, startAt));
              beginAt(startAt);
            });
          }
        });
      });
    };
  });

  return {
    turns,
    current: () => current,
    phaseNameAt: (time) => changes.find(({ at }) => at <= time)?.name,
  };
}

/** Decides, for each arrival, what Artillery will draw. */
function chooser(
  phases: readonly ArrivalPhase[],
  journeys: readonly WeightedJourney[],
  seed: string,
): (arrival: ScheduledArrival) => Draws {
  const shares = phases.map(({ mix }) => journeyShares(mix, journeys));
  return ({ number, phaseIndex }) => {
    const random = createRandom(`arrival ${seed} ${number}`);
    const journey = pickJourney(shares[phaseIndex] ?? [], random.next());
    if (journey < 0) throw new UserFault('journey-impossible', 'no scenario has a weight of 1 or more');
    return { journey, journeys: journeys.length, random };
  };
}

function listOf(phases: unknown): PhaseSpec[] {
  return Array.isArray(phases) ? phases.filter(isEntry) : [];
}

/** Artillery numbers its workers in the phases that it deals out to them. Without a number, a worker is on its own. */
function placeOf(phase: PhaseSpec | undefined): WorkerPlace {
  return { worker: Number(phase?.worker ?? 1), workers: Number(phase?.totalWorkers ?? 1) };
}

function nameOf(phase: PhaseSpec | undefined, index: number): string {
  return typeof phase?.name === 'string' ? phase.name : `Phase ${index + 1}`;
}

function testRunId(): string {
  const { artillery } = globalThis as unknown as { artillery?: { readonly testRunId?: string } };
  return artillery?.testRunId ?? 'outside Artillery';
}
