/** A phase of a plan whose arrivals are held against what came. */
export interface PlannedPhase {
  readonly name: string;
  readonly durationSec: number;
  /** New users per second at its beginning and at its end; the same for a constant rate. */
  readonly fromPerSec: number;
  readonly toPerSec: number;
  /** Gaps between arrivals are exponential: the plan is a mean, not a schedule. */
  readonly isPoisson: boolean;
}

/** `config.phases` of a test in Artillery. */
export function artilleryPhases(phases: readonly PlannedPhase[]): object[] {
  return phases.map(({ name, durationSec, fromPerSec, toPerSec, isPoisson }) => ({
    name,
    duration: durationSec,
    arrivalRate: fromPerSec,
    ...(toPerSec === fromPerSec ? {} : { rampTo: toPerSec }),
    ...(isPoisson ? { mode: 'poisson' } : {}),
  }));
}

/** Arrivals that a phase plans for its first `sec` seconds: the integral of its rate. */
export function plannedBy({ durationSec, fromPerSec, toPerSec }: PlannedPhase, sec: number): number {
  const time = Math.min(Math.max(sec, 0), durationSec);
  return fromPerSec * time + ((toPerSec - fromPerSec) * time * time) / (2 * durationSec);
}

/** How well the arrivals of a phase kept to its plan. */
export interface Fidelity {
  readonly phase: PlannedPhase;
  readonly planned: number;
  readonly achieved: number;
  /** Achieved less planned, as a share of the planned. */
  readonly errorRatio: number;
  /** Most arrivals by which the count was ahead of or behind the plan at any time. */
  readonly mostOff: number;
  /** Slope of achieved less planned over time, as a share of the mean rate: what a longer phase would add up. */
  readonly driftRatio: number;
  /** Within 1 %, or one arrival; of a Poisson process within three standard deviations of its count. */
  readonly isExact: boolean;
}

const LARGEST_RATIO = 0.01;
const STEP_SEC = 0.1;

/**
 * Compares arrivals with a plan.
 *
 * @param arrivalsSec when each user came, in seconds since the plan began, in ascending order.
 */
export function fidelityOf(phases: readonly PlannedPhase[], arrivalsSec: readonly number[]): Fidelity[] {
  let startSec = 0;
  return phases.map((phase) => {
    const from = startSec;
    startSec += phase.durationSec;
    const within = arrivalsSec.filter((at) => at >= from && at < startSec).map((at) => at - from);
    return fidelityOfPhase(phase, within);
  });
}

function fidelityOfPhase(phase: PlannedPhase, arrivalsSec: readonly number[]): Fidelity {
  const planned = plannedBy(phase, phase.durationSec);
  const achieved = arrivalsSec.length;
  const differences = differencesOf(phase, arrivalsSec);
  const drift = slopeOf(differences) / (planned / phase.durationSec);
  const allowance = phase.isPoisson ? 3 * Math.sqrt(planned) : Math.max(1, LARGEST_RATIO * planned);
  return {
    phase,
    planned,
    achieved,
    errorRatio: achieved / planned - 1,
    mostOff: differences.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0),
    driftRatio: drift,
    isExact: Math.abs(achieved - planned) <= allowance,
  };
}

interface Difference {
  readonly sec: number;
  readonly value: number;
}

/** Achieved less planned, every tenth of a second. */
function differencesOf(phase: PlannedPhase, arrivalsSec: readonly number[]): Difference[] {
  const steps = Math.round(phase.durationSec / STEP_SEC);
  let count = 0;
  return Array.from({ length: steps }, (_, index) => {
    const sec = (index + 1) * STEP_SEC;
    while ((arrivalsSec[count] ?? Infinity) < sec) count += 1;
    return { sec, value: count - plannedBy(phase, sec) };
  });
}

/** Least squares. */
function slopeOf(points: readonly Difference[]): number {
  const mean = (of: (point: Difference) => number): number => points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [secMean, valueMean] = [mean(({ sec }) => sec), mean(({ value }) => value)];
  const covariance = mean(({ sec, value }) => (sec - secMean) * (value - valueMean));
  return covariance / mean(({ sec }) => (sec - secMean) ** 2);
}
