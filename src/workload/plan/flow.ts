import { type Entry, isEntry } from './entry.ts';
import type { KnownValues } from './known-values.ts';
import { chanceOf, loopRange, roundsOf } from './loop-count.ts';
import { thinkMs } from './milliseconds.ts';
import {
  inParallel,
  inSequence,
  NOTHING,
  oneOf,
  repeated,
  request,
  type Tally,
  type Times,
  wait,
  withChance,
} from './tally.ts';

/** Something in a flow that only a run can tell; or a think time that is known, but surely not meant. */
export interface Remark {
  readonly kind: 'condition' | 'repetition' | 'endless loop' | 'function' | 'think time' | 'fractional think time';
  /** What the YAML says there, such as the name of the function. */
  readonly what: string;
  /** The endpoints whose number of requests it decides. */
  readonly endpoints: readonly string[];
}

/** What the steps of a flow are read with. */
export interface FlowContext {
  readonly values: KnownValues;
  /** Assumed time from a request to its answer. */
  readonly responseMs: number;
  /** Assumed time that a `function:` step, or a think time that is not known, takes. */
  readonly functionMs: number;
  /** Without a processor Artillery ignores `whileTrue`. */
  readonly hasProcessor: boolean;
  /** Hears of everything that the YAML does not say, or not plainly. */
  readonly onRemark: (remark: Remark) => void;
}

/** Rounds of a `whileTrue` loop: at least one, as Artillery asks after each round; more cannot be known. */
const WHILE_TRUE: Times = { mean: 2, low: 1, high: Infinity, variance: 1 };
/** Whoever comes into a loop without end never leaves it; of its rounds at least the first is sure. */
const ENDLESS: Times = { mean: 1, low: 1, high: Infinity, variance: 0 };
const UNKNOWN_COUNT: Times = { mean: 1, low: 0, high: Infinity, variance: 1 };
const UNKNOWN_CONDITION: Times = { mean: 0.5, low: 0, high: 1, variance: 0.25 };
const DEFAULT_PARALLEL_LIMIT = 100;

/**
 * What one user does on the way through a flow, by the rules of Artillery's http engine (lib/core/engine_http.ts,
 * lib/commons/engine_util.ts). Assumptions where the YAML does not say: a condition (`ifTrue`) holds half of the time, a
 * `whileTrue` loop runs twice, a loop over something captured, or without end, once.
 */
export function tallyFlow(flow: unknown, context: FlowContext): Tally {
  // Artillery flattens one level of nested lists, a relic of YAML anchors.
  const steps = Array.isArray(flow) ? flow.flat() : [];
  return inSequence(steps.map((step) => tallyStep(step, context)));
}

function tallyStep(step: unknown, context: FlowContext): Tally {
  if (!isEntry(step)) return NOTHING;
  if (Array.isArray(step.loop)) {
    const round = inSequence(step.loop.map((inner) => tallyStep(inner, context)));
    return repeated(round, roundsOfLoop(step, [...round.endpoints.keys()], context));
  }
  if (Array.isArray(step.parallel)) {
    const parts = step.parallel.map((inner) => tallyStep(inner, context));
    return inParallel(parts, Number(step.limit) || DEFAULT_PARALLEL_LIMIT);
  }
  if (step.think !== undefined) return wait(meanThinkMs(step.think, context));
  if (step.log !== undefined) return NOTHING;
  if (step.function !== undefined) {
    context.onRemark({ kind: 'function', what: String(step.function), endpoints: [] });
    return wait(context.functionMs);
  }
  return tallyRequest(step, context);
}

function tallyRequest(step: Entry, context: FlowContext): Tally {
  const [method = ''] = Object.keys(step);
  const spec = step[method];
  const url = isEntry(spec) ? (spec.url ?? spec.uri) : undefined;
  if (!isEntry(spec) || typeof url !== 'string') return NOTHING;
  const label = typeof spec.name === 'string' ? spec.name : `${method.toUpperCase()} ${url}`;
  const once = request(label, context.responseMs);
  const drawn = spec.probability === undefined ? once : repeated(once, withChance(chanceOf(spec.probability)));
  // Artillery sends the request when a condition is no text: its expression compiler throws, and the error is ignored.
  if (typeof spec.ifTrue !== 'string') return drawn;
  context.onRemark({ kind: 'condition', what: spec.ifTrue, endpoints: [label] });
  return repeated(drawn, UNKNOWN_CONDITION);
}

function roundsOfLoop(step: Entry, endpoints: readonly string[], context: FlowContext): Times {
  const { over } = step;
  const isWhile = typeof step.whileTrue === 'string' && context.hasProcessor;
  const lengths = lengthsOf(over, context);
  if (isWhile && !lengths?.every((length) => length === 0)) {
    context.onRemark({ kind: 'repetition', what: `whileTrue: ${String(step.whileTrue)}`, endpoints });
    return WHILE_TRUE;
  }
  const ranges = context.values.valuesOf(step.count || -1)?.map(loopRange);
  if (over !== undefined) {
    const from = ranges?.[0]?.from ?? 0;
    if (lengths !== undefined) return oneOf(lengths.map((length) => Math.max(0, length - from)));
  } else if (ranges !== undefined) {
    const rounds = ranges.map(roundsOf);
    if (!rounds.includes(Infinity)) return oneOf(rounds);
    context.onRemark({ kind: 'endless loop', what: String(step.count ?? 'no count'), endpoints });
    return ENDLESS;
  }
  context.onRemark({
    kind: 'repetition',
    what: over === undefined ? `count: ${String(step.count)}` : `over: ${String(over)}`,
    endpoints,
  });
  return UNKNOWN_COUNT;
}

function lengthsOf(over: unknown, { values }: FlowContext): readonly number[] | undefined {
  if (Array.isArray(over)) return [over.length];
  return typeof over === 'string' ? values.lengthsOf(over) : undefined;
}

function meanThinkMs(think: unknown, context: FlowContext): number {
  const values = context.values.valuesOf(think) ?? [];
  const times = values.map(thinkMs);
  if (values.some((value) => typeof value === 'number' && !Number.isInteger(value))) {
    context.onRemark({ kind: 'fractional think time', what: String(think), endpoints: [] });
  }
  const known = times.filter((time) => time !== undefined);
  if (known.length > 0 && known.length === times.length)
    return known.reduce((sum, time) => sum + time, 0) / known.length;
  context.onRemark({ kind: 'think time', what: String(think), endpoints: [] });
  return context.functionMs;
}
