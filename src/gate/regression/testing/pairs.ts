import { createRandom, type Random } from '../../../stats/index.ts';
import type { Block, Distribution, Pair, Side, TargetFigures } from '../block.ts';

/** What the candidate of made-up pairs does, by endpoint. */
export interface MadeEndpoint {
  readonly name: string;
  /** Factor on all its times. */
  readonly factor?: number;
  /** Factor on all but the tenth percentile. */
  readonly waits?: number;
  /** Of so many requests per block, default 400; how many of those of the candidate fail. */
  readonly requests?: number;
  readonly failing?: number;
  /** Instead of that of the pairs. */
  readonly noise?: number;
}

/** How pairs are made up. */
export interface MadePairs {
  readonly count: number;
  readonly endpoints: readonly MadeEndpoint[];
  /** Standard deviation of the log ratio of a pair, default 0.02. */
  readonly noise?: number;
  readonly seed?: string;
  /** Lateness of a block, milliseconds; default 2. undefined: not measured. */
  readonly latenessOf?: (pair: number, side: Side) => number | undefined;
}

/** Pairs of blocks with known differences. */
export function madePairs(made: MadePairs): Pair[] {
  const random = createRandom(made.seed ?? 'made pairs');
  return Array.from({ length: made.count }, (_, pair) => ({
    baseline: blockOf(made, pair, 'baseline', random),
    candidate: blockOf(made, pair, 'candidate', random),
  }));
}

function blockOf(made: MadePairs, pair: number, side: Side, random: Random): Block {
  const latenessP99Ms = (made.latenessOf ?? (() => 2))(pair, side);
  return {
    side,
    pair,
    place: side === 'baseline' ? 'first' : 'second',
    seed: `pair ${pair}`,
    durationSec: 10,
    health: { faults: [], ...(latenessP99Ms === undefined ? {} : { latenessP99Ms }) },
    figures: made.endpoints.map((endpoint) =>
      figuresOf(endpoint, side, (endpoint.noise ?? made.noise ?? 0.02) / Math.SQRT2, random),
    ),
  };
}

function figuresOf(endpoint: MadeEndpoint, side: Side, noise: number, random: Random): TargetFigures {
  const { name, factor = 1, waits = 1, requests = 400, failing = 0 } = endpoint;
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const speed = Math.exp(noise * normal) * (side === 'candidate' ? factor : 1);
  const late = side === 'candidate' ? waits : 1;
  const times: Distribution = {
    count: requests,
    p10: 4 * speed,
    p50: 10 * speed * late,
    p95: 30 * speed * late,
    p99: 60 * speed * late,
    mean: 13 * speed * late,
  };
  const errors = side === 'candidate' ? failing : 0;
  return { target: { kind: 'endpoint', name }, requests, errors, response: times, service: times };
}
