/** How many requests to expect. All four are per execution of whatever is counted; `high` can be Infinity. */
export interface Count {
  /** Expectation; where something is unknown, under the stated assumption. */
  readonly mean: number;
  /** Expectation if everything unknown adds nothing. Equal to `mean` and `high` where nothing is unknown. */
  readonly low: number;
  /** Expectation if everything unknown adds as much as it can. */
  readonly high: number;
  /** How far chance alone (probabilities, random counts) moves it. */
  readonly variance: number;
}

/** What one execution of some steps does. */
export interface Tally {
  readonly total: Count;
  /** By the endpoint's label. */
  readonly endpoints: ReadonlyMap<string, Count>;
  /** Expected, in milliseconds. */
  readonly durationMs: number;
}

/** How often steps are executed: once for 1; a probability is a count of 0 or 1. */
export type Times = Count;

const ZERO: Count = { mean: 0, low: 0, high: 0, variance: 0 };

/** Nothing happens, and it takes no time. */
export const NOTHING: Tally = { total: ZERO, endpoints: new Map(), durationMs: 0 };

/** Time passes. */
export function wait(durationMs: number): Tally {
  return { ...NOTHING, durationMs };
}

/** One request. */
export function request(endpoint: string, durationMs: number): Tally {
  const once = exactly(1);
  return { total: once, endpoints: new Map([[endpoint, once]]), durationMs };
}

/** A number of times that is known, which may be a fraction when it is an average. */
export function exactly(times: number): Times {
  return { mean: times, low: times, high: times, variance: 0 };
}

/** Each of these numbers of times is equally likely. @param times not empty. */
export function oneOf(times: readonly number[]): Times {
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
  const variance = times.reduce((sum, each) => sum + (each - mean) ** 2, 0) / times.length;
  return { mean, low: mean, high: mean, variance };
}

/** Once or not at all. @param chance 0–1. */
export function withChance(chance: number): Times {
  return { mean: chance, low: chance, high: chance, variance: chance * (1 - chance) };
}

/** One after the other. */
export function inSequence(parts: readonly Tally[]): Tally {
  return { ...summed(parts), durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0) };
}

/** Side by side, at most `limit` at a time, each started when a place is free. */
export function inParallel(parts: readonly Tally[], limit: number): Tally {
  const freeAt: number[] = new Array<number>(Math.max(1, Math.min(limit, parts.length))).fill(0);
  for (const { durationMs } of parts) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    freeAt[next] = (freeAt[next] ?? 0) + durationMs;
  }
  return { ...summed(parts), durationMs: Math.max(...freeAt) };
}

/** The same steps several times, each time independent of the others. */
export function repeated(tally: Tally, times: Times): Tally {
  const endpoints = [...tally.endpoints].map(([label, count]) => [label, multiplied(count, times)] as const);
  return {
    total: multiplied(tally.total, times),
    endpoints: new Map(endpoints),
    durationMs: product(tally.durationMs, times.mean),
  };
}

/** The sum of independent counts. */
export function sumOfCounts(counts: readonly Count[]): Count {
  return counts.reduce((a, b) => {
    return { mean: a.mean + b.mean, low: a.low + b.low, high: a.high + b.high, variance: a.variance + b.variance };
  }, ZERO);
}

/** A count in other proportions: `times` users do what one does. */
export function scaledCount(count: Count, times: number): Count {
  return {
    mean: count.mean * times,
    low: count.low * times,
    high: product(count.high, times),
    variance: count.variance * times,
  };
}

function summed(parts: readonly Tally[]): Pick<Tally, 'total' | 'endpoints'> {
  const endpoints = new Map<string, Count>();
  for (const [label, count] of parts.flatMap((part) => [...part.endpoints])) {
    endpoints.set(label, sumOfCounts([endpoints.get(label) ?? ZERO, count]));
  }
  return { total: sumOfCounts(parts.map(({ total }) => total)), endpoints };
}

/** A sum of a random number of independent counts: Wald's equation, and the law of total variance. */
function multiplied(count: Count, times: Times): Count {
  return {
    mean: product(count.mean, times.mean),
    low: product(count.low, times.low),
    high: product(count.high, times.high),
    variance: times.mean * count.variance + times.variance * count.mean ** 2,
  };
}

/** Nothing, however often, is nothing. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
