/** What two runs have to have in common to be compared. */
export interface RunIdentity {
  /** Name of the test, and a hash of everything in it that makes requests: journeys, processors, data. */
  readonly test: string;
  readonly testHash: string;
  /** Share of each journey by phase, in a form that is equal when the mix is. */
  readonly mix: string;
  /** Phases, durations and rates, in a form that is equal when the load is. */
  readonly load: string;
  /** Which engine made the requests, and from when it counts their times. */
  readonly engine: string;
  /** fixed: the same users, journeys and data each time. */
  readonly seedPolicy: { readonly kind: 'fixed'; readonly seed: string } | { readonly kind: 'random' };
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMb: number;
    readonly system: string;
  };
  /** Version of Node.js, major and minor. */
  readonly runtime: string;
  /** Absent: nobody judged it. */
  readonly validity?: 'valid' | 'not valid';
}

/** One thing in which two runs differ. */
export interface Obstacle {
  /** refused: the figures answer different questions. flagged: they may differ for this reason alone. */
  readonly kind: 'refused' | 'flagged';
  readonly what:
    | 'test'
    | 'journeys'
    | 'mix'
    | 'load'
    | 'engine'
    | 'seed'
    | 'processor'
    | 'cores'
    | 'memory'
    | 'system'
    | 'runtime'
    | 'validity';
  readonly baseline: string;
  readonly candidate: string;
}

/** The same machine may report a few megabytes less after a reboot. */
const SAME_MEMORY = 0.1;

/**
 * In what two runs differ that have to be alike.
 *
 * @returns what is refused first; empty: they may be compared.
 */
export function obstaclesBetween(baseline: RunIdentity, candidate: RunIdentity): Obstacle[] {
  const differing = (
    kind: Obstacle['kind'],
    what: Obstacle['what'],
    read: (run: RunIdentity) => string,
  ): Obstacle[] => {
    const [first, second] = [read(baseline), read(candidate)];
    return first === second ? [] : [{ kind, what, baseline: first, candidate: second }];
  };
  const memory = [baseline, candidate].map(({ machine }) => machine.memoryMb) as [number, number];
  const isMemoryAlike = Math.abs(memory[0] - memory[1]) <= SAME_MEMORY * Math.max(...memory);
  return [
    ...differing('refused', 'test', ({ test }) => test),
    ...differing('refused', 'mix', ({ mix }) => mix),
    ...differing('refused', 'load', ({ load }) => load),
    ...differing('refused', 'engine', ({ engine }) => engine),
    ...differing('refused', 'cores', ({ machine }) => String(machine.cores)),
    ...differing('refused', 'processor', ({ machine }) => machine.processor),
    ...validityObstacles(baseline, candidate),
    ...differing('flagged', 'journeys', ({ testHash }) => testHash),
    // Among runs of many seeds, one of any seed is one more.
    ...(baseline.seedPolicy.kind === 'random' ? [] : differing('flagged', 'seed', seedText)),
    ...(isMemoryAlike ? [] : differing('flagged', 'memory', ({ machine }) => `${machine.memoryMb} MB`)),
    ...differing('flagged', 'system', ({ machine }) => machine.system),
    ...differing('flagged', 'runtime', ({ runtime }) => runtime),
  ];
}

function seedText({ seedPolicy }: RunIdentity): string {
  return seedPolicy.kind === 'fixed' ? seedPolicy.seed : 'random';
}

/** What several runs of one side are together: with several seeds, their seed is random. @param runs at least one. */
export function jointIdentity(runs: readonly [RunIdentity, ...RunIdentity[]]): RunIdentity {
  const [first] = runs;
  const isOneSeed = new Set(runs.map(seedText)).size === 1;
  return isOneSeed ? first : { ...first, seedPolicy: { kind: 'random' } };
}

/** Figures of a run that is not valid are those of its generator, whatever the other run is. */
function validityObstacles(baseline: RunIdentity, candidate: RunIdentity): Obstacle[] {
  const [first, second] = [baseline.validity ?? 'not judged', candidate.validity ?? 'not judged'];
  if (first === 'valid' && second === 'valid') return [];
  const kind = first === 'not valid' || second === 'not valid' ? 'refused' : 'flagged';
  return [{ kind, what: 'validity', baseline: first, candidate: second }];
}
