import { type ArtilleryEngine, HTTP_ENGINE, OUR_ENGINE } from '../engine/artillery-generators.ts';
import type { Cores } from '../measure/cores.ts';
import type { Experiment } from './experiments.ts';
import { artilleryPhases, type Fidelity, fidelityOf, type PlannedPhase, plannedBy } from './planned-arrivals.ts';
import { type KnownOutcome, type Manner, runAgainstTruth, runBareClient } from './run-test.ts';
import {
  type Compared,
  compareQuantiles,
  reportedByArtillery,
  reportedBySamples,
  type SingleErrors,
  singleErrors,
  startBySamples,
  type Truth,
  truthOf,
} from './truth.ts';

/** What one engine reported of one experiment, against the truth of that run. */
export interface Reported {
  readonly experiment: Experiment;
  readonly engine: string;
  readonly isOurs: boolean;
  readonly requests: number;
  readonly quantiles: readonly Compared[];
  /** undefined for an engine that keeps no samples. */
  readonly single: SingleErrors | undefined;
}

/** How one engine kept to shapes of load. */
export interface ShapesKept {
  readonly engine: string;
  readonly isOurs: boolean;
  readonly phases: readonly Fidelity[];
  /** All arrivals, those that came after the end of the plan as well. */
  readonly arrivals: number;
}

/** Runs one experiment with one engine. */
export async function measureExperiment(
  experiment: Experiment,
  engine: ArtilleryEngine,
  cores: Cores | undefined,
): Promise<Reported> {
  const { outcome, truth, periodMs } = await runExperiment(experiment, engine, cores);
  const isOurs = outcome.samples !== undefined;
  return {
    experiment,
    engine: engine.name,
    isOurs,
    requests: truth.responseMs.length,
    quantiles: compareQuantiles(truth, isOurs ? reportedBySamples(outcome) : reportedByArtillery(outcome)),
    single: singleErrors(outcome, truth, periodMs),
  };
}

/** Both sides of one experiment, and the truth of it. */
interface RunOfExperiment {
  readonly outcome: KnownOutcome;
  readonly truth: Truth;
  readonly periodMs: number;
}

async function runExperiment(
  { behaviour, stall, arrivalsPerSec, durationSec }: Experiment,
  engine: ArtilleryEngine,
  cores: Cores | undefined,
): Promise<RunOfExperiment> {
  const phases = [{ name: 'Constant', duration: durationSec, arrivalRate: arrivalsPerSec }];
  const mostArrivals = 2 * durationSec * arrivalsPerSec;
  const run = { engine, behaviour, phases, mostArrivals, cores, ...(stall === undefined ? {} : { stall }) };
  const outcome = await runAgainstTruth(run);
  const periodMs = 1000 / arrivalsPerSec;
  return { outcome, truth: truthOf(outcome, periodMs, startBySamples(outcome, periodMs)), periodMs };
}

/** What a bare client makes of the same experiment. */
export async function measureBareSocket(
  experiment: Experiment,
  manner: Manner,
  cores: Cores | undefined,
): Promise<Reported> {
  const { behaviour, stall, arrivalsPerSec, durationSec } = experiment;
  const periodMs = 1000 / arrivalsPerSec;
  const run = { behaviour, cores, ...(stall === undefined ? {} : { stall }) };
  const outcome = await runBareClient(run, manner, arrivalsPerSec * durationSec, periodMs);
  const truth = truthOf(outcome, periodMs, startBySamples(outcome, periodMs));
  return {
    experiment,
    engine: BARE_SOCKETS[manner],
    isOurs: false,
    requests: truth.responseMs.length,
    quantiles: compareQuantiles(truth, reportedBySamples(outcome)),
    single: singleErrors(outcome, truth, periodMs),
  };
}

/** Runs shapes of load, one after the other, with one engine. */
export async function measureShapes(
  shapes: readonly PlannedPhase[],
  engine: ArtilleryEngine,
  cores: Cores | undefined,
): Promise<ShapesKept> {
  const phases = artilleryPhases(shapes);
  const mostArrivals = Math.round(2 * shapes.reduce((sum, shape) => sum + plannedBy(shape, Infinity), 0));
  const outcome = await runAgainstTruth({ engine, behaviour: 'at once', phases, mostArrivals, cores });
  const isOurs = outcome.samples !== undefined;
  const arrivalsSec = arrivalsOf(outcome);
  return { engine: engine.name, isOurs, phases: fidelityOf(shapes, arrivalsSec), arrivals: arrivalsSec.length };
}

/** When requests reached the server, in seconds since the plan began. */
function arrivalsOf(outcome: KnownOutcome): number[] {
  const { receivedMs } = outcome.records;
  // The first user is due when the plan begins, or half a period later.
  const start = startBySamples(outcome, 0) ?? Math.min(...receivedMs);
  return receivedMs.map((at) => (at - start) / 1000).toSorted((a, b) => a - b);
}

/** What the machine itself adds, by clients that do nothing else. */
export const BARE_SOCKETS: Readonly<Record<Manner, string>> = {
  awake: 'a bare socket, always awake',
  asleep: 'a bare socket that sleeps',
};

/** Both engines, ours first. */
export const ENGINES: readonly ArtilleryEngine[] = [OUR_ENGINE, HTTP_ENGINE];
