import { UserFault } from '../../errors.ts';
import { journeyShares } from '../schedule/index.ts';
import type { EffectiveTest } from './effective-test.ts';
import { type Entry, isEntry } from './entry.ts';
import { type FlowContext, type Remark, tallyFlow } from './flow.ts';
import type { KnownValues } from './known-values.ts';
import { hasOwnArrivals } from './own-schedule.ts';
import type { PhaseSpec } from './phase-spec.ts';
import type { Tally } from './tally.ts';

/** One kind of user, and what one of them does. */
export interface Journey {
  readonly name: string;
  /** What Artillery calls it in its metrics: the name, or the position from 0. */
  readonly metricName: string;
  /** Weight among the others where no mix is given, a whole number from 0. */
  readonly weight: number;
  /** What one user does, under the assumptions for what the YAML does not say. */
  readonly tally: Tally;
  readonly remarks: readonly Remark[];
  /** false: the engine is none whose steps are known here, so that its requests are not counted. */
  readonly isHttp: boolean;
}

/** What the flows of a test are read with. */
export type ReadingContext = Pick<FlowContext, 'values' | 'responseMs' | 'functionMs'>;

const HTTP_ENGINES = ['http', 'undici'];

/**
 * The journeys of a test in its order.
 *
 * @throws UserFault `journey-impossible` when none can be chosen.
 */
export function readJourneys(test: EffectiveTest, context: ReadingContext): Journey[] {
  const journeys = test.scenarios.map((scenario, index) => readJourney(scenario, index, test, context));
  if (journeys.some(({ weight }) => weight > 0)) return journeys;
  throw new UserFault(
    'journey-impossible',
    `${test.file}: no scenario has a weight of 1 or more, so none can be chosen`,
    {
      hint: 'A weight is a whole number; leave it out for 1.',
    },
  );
}

/** What the flow under `before` or `after` does, which runs once per test. undefined: there is none. */
export function readOnce(test: EffectiveTest, which: 'before' | 'after', context: ReadingContext): Tally | undefined {
  const entry = test[which];
  if (!isEntry(entry)) return undefined;
  return tallyFlow(
    entry.flow,
    flowContext(test, context, () => undefined),
  );
}

function readJourney(scenario: unknown, index: number, test: EffectiveTest, context: ReadingContext): Journey {
  const entry = isEntry(scenario) ? scenario : {};
  const name = typeof entry.name === 'string' && entry.name !== '' ? entry.name : undefined;
  const remarks: Remark[] = [];
  const tally = tallyFlow(
    entry.flow,
    flowContext(test, context, (remark) => remarks.push(remark)),
  );
  return {
    name: name ?? `Journey ${index + 1}`,
    metricName: name ?? String(index),
    weight: weightOf(entry, context.values),
    tally,
    remarks,
    isHttp: HTTP_ENGINES.includes(String(entry.engine ?? test.config.engine ?? 'http')),
  };
}

function flowContext(
  { config }: EffectiveTest,
  context: ReadingContext,
  onRemark: (remark: Remark) => void,
): FlowContext {
  return { ...context, hasProcessor: config.processor !== undefined, onRemark };
}

/** Artillery cuts a weight to a whole number; what is none counts as 0. */
function weightOf({ weight }: Entry, values: KnownValues): number {
  if (weight === undefined) return 1;
  const [value] = values.valuesOf(weight) ?? [];
  return Math.max(0, Number.parseInt(String(value), 10) || 0);
}

/**
 * How the users of a phase spread over the journeys: shares that add up to 1. Artillery itself knows only weights; the
 * `mix` of a phase is honoured by the engine of this project.
 *
 * @throws UserFault `phase-impossible` for a mix that names no journey of the test.
 */
export function sharesOf(phase: PhaseSpec, journeys: readonly Journey[], { config, locate }: EffectiveTest): number[] {
  const mix = isEntry(phase.raw.mix) && hasOwnArrivals(config) ? phase.raw.mix : undefined;
  return journeyShares(mix, journeys, (name) => locate(['phases', phase.index, 'mix', name]));
}
