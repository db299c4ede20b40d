import type { z } from 'zod';
import { UserFault } from '../../errors.ts';
import { type Clause, objectiveFault, parseObjective } from '../../gate/capacity/index.ts';
import { readTestFile } from '../../workload/index.ts';
import { type EffectiveTest, effectiveTest, makePlan, requestNames, valueAt } from '../../workload/plan/index.ts';
import { didYouMean } from '../../workload/schema/index.ts';
import { capacitySection } from '../../workload/schema/plugin-options.ts';
import { requireSamples } from '../gate/block-test.ts';
import { regressionOptions } from '../gate/regression-options.ts';
import { DEFAULT_START } from '../system/open-system.ts';
import { platformSettings } from '../system/platform-settings.ts';

/** `config.plugins.verdict.capacity`. */
type CapacityOptions = z.infer<typeof capacitySection>;

/** A test as a search runs it. */
export interface CapacityTest {
  readonly file: string;
  readonly environment: string | undefined;
  /** As the test says it; undefined: it has none. */
  readonly target: string | undefined;
  readonly options: CapacityOptions;
  /** Command, path and patience with which the system is started; undefined: nobody says how. */
  readonly start: string | undefined;
  readonly ready: string | undefined;
  readonly startTimeoutSec: number;
  /** It is made for the platform that comes with the project. */
  readonly usesPlatform: boolean;
  /** Variables with which the system is started. */
  readonly env: Readonly<Record<string, string>>;
  /** What every phase of a trial takes over from the test: its mix of journeys, and how users arrive. */
  readonly manner: Readonly<Record<string, unknown>>;
  /** The lowest rate of its phases, above 0: one that its author thinks harmless. */
  readonly lowestPerSec: number;
  readonly clauses: readonly Clause[];
  /** Requests that a user makes on average, by the plan: of an endpoint, or of all for undefined. */
  readonly requestsPerUser: (endpoint: string | undefined) => number;
}

/** What a command line says over the test. */
export interface CapacityChoice {
  readonly until: string;
  readonly environment: string | undefined;
  /** Name of the phase whose mix is used. */
  readonly phase: string | undefined;
}

const START_TIMEOUT_SEC = 120;
/** The platform that comes with the project, when a test names it and nothing else is said. */
const PLATFORM = { start: DEFAULT_START, ready: '/ready' } as const;

/**
 * Reads a test and what has to hold in it.
 *
 * @throws UserFault of a test that cannot be read, `gate-engine` for one whose engine keeps no samples, `objective-sentence`, `plugin-options`.
 */
export function readCapacityTest(path: string, { until, environment, phase }: CapacityChoice): CapacityTest {
  const file = readTestFile(path);
  const test = effectiveTest(file, { environment, env: process.env });
  requireSamples(test);
  const clauses = parseObjective(until);
  requireKnownEndpoints(until, clauses, test);
  const regression = regressionOptions(test);
  const usesPlatform = valueAt(test.config, 'plugins.reference-platform') !== undefined;
  const { target } = test.config;
  return {
    file: path,
    environment,
    target: typeof target === 'string' ? target : undefined,
    options: capacityOptions(test),
    start: regression.start ?? (usesPlatform ? PLATFORM.start : undefined),
    ready: regression.ready ?? (usesPlatform ? PLATFORM.ready : undefined),
    usesPlatform,
    env: platformSettings(test),
    startTimeoutSec: regression.startTimeout ?? START_TIMEOUT_SEC,
    manner: mannerOf(test, phase),
    lowestPerSec: lowestRate(test),
    clauses,
    requestsPerUser: requestsPerUser(test),
  };
}

function capacityOptions({ config, locate }: EffectiveTest): CapacityOptions {
  const parsed = capacitySection.safeParse(valueAt(config, 'plugins.verdict.capacity') ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = ['plugins', 'verdict', 'capacity'];
  const place = [...path, ...(issue?.path ?? []).map(String)].join('.');
  throw new UserFault('plugin-options', `config.${place}: ${issue?.message ?? 'is not understood'}`, {
    position: locate(path),
    hint: 'docs/capacity.md lists what it may hold; "npx proving-ground check" shows all that is wrong.',
  });
}

function requestsPerUser(test: EffectiveTest): CapacityTest['requestsPerUser'] {
  const { users, requests, endpoints } = makePlan(test, { workers: 1 });
  return (name) => {
    const { expected } =
      name === undefined ? requests : (endpoints.find(({ endpoint }) => endpoint === name) ?? requests);
    return expected / Math.max(1, users.started);
  };
}

type Phase = Readonly<Record<string, unknown>>;

function phasesOf({ config }: EffectiveTest): Phase[] {
  const phases: unknown = config.phases;
  return (Array.isArray(phases) ? phases : []).filter(
    (phase: unknown): phase is Phase => typeof phase === 'object' && phase !== null,
  );
}

function mannerOf(test: EffectiveTest, name: string | undefined): Phase {
  const phases = phasesOf(test);
  const phase = name === undefined ? phases[0] : phases.find((each) => each.name === name);
  if (phase === undefined && name !== undefined) {
    const names = phases.flatMap((each) => (typeof each.name === 'string' ? [each.name] : []));
    throw new UserFault('option-value', `--phase: the test has no phase called ${JSON.stringify(name)}`, {
      hint: names.length === 0 ? 'Its phases have no names.' : `It has ${names.join(', ')}.`,
    });
  }
  const { mix, mode } = phase ?? {};
  return { ...(mix === undefined ? {} : { mix }), ...(mode === undefined ? {} : { mode }) };
}

function lowestRate(test: EffectiveTest): number {
  const rates = phasesOf(test)
    .flatMap(({ arrivalRate, rampTo }) => [Number(arrivalRate), Number(rampTo)])
    .filter((rate) => rate > 0);
  return rates.length === 0 ? 1 : Math.min(...rates);
}

/** A clause about requests that nobody makes could never be judged. */
function requireKnownEndpoints(until: string, clauses: readonly Clause[], { scenarios }: EffectiveTest): void {
  const names = requestNames(scenarios);
  if (names === undefined) return;
  for (const { endpoint, offset } of clauses) {
    if (endpoint === undefined || names.includes(endpoint)) continue;
    const suggestion = didYouMean(endpoint, names);
    const hint =
      suggestion === undefined ? `it has ${names.join(', ')}` : `did you mean ${JSON.stringify(suggestion)}?`;
    const at = Math.max(offset, until.indexOf(`"${endpoint}"`, offset));
    throw objectiveFault(until, at, `the test has no request called ${JSON.stringify(endpoint)}; ${hint}`);
  }
}
