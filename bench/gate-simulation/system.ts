import {
  type Block,
  distributionOf,
  type Pair,
  planPair,
  type Side,
  type TargetFigures,
} from 'proving-ground/gate/regression/index.ts';
import { createRandom } from 'proving-ground/stats/random.ts';
import { type BlockNoise, createNoise, type Machine, normal } from './noise.ts';

/** What the candidate does differently. */
export interface Injection {
  readonly name: string;
  /** Factor on the processor time of "Search". */
  readonly work?: number;
  /** Factor on the processor time of that share of the requests to "Search". */
  readonly tail?: { readonly share: number; readonly factor: number };
  /** Factor on every time of every endpoint: an effect whose truth is known to the last digit. */
  readonly scale?: number;
  /** Chance that a request to "Search" fails. */
  readonly errorRatio?: number;
}

/** A simulated pair, and the single times, which rules that look at requests need. */
export interface SimulatedPair {
  readonly pair: Pair;
  readonly times: Readonly<Record<Side, ReadonlyMap<string, readonly number[]>>>;
}

/** Seconds of a block, and requests per second. */
export const BLOCK_SEC = 10;
const REQUESTS_PER_SEC = 90;

/** Mean processor time and mean waiting for others (a database), milliseconds; half a core is used. */
const ENDPOINTS = [
  { name: 'Search', cpuMs: 9, waitMs: 1 },
  { name: 'Alerts', cpuMs: 5, waitMs: 1.5 },
  { name: 'Events', cpuMs: 4, waitMs: 1 },
] as const;

/** The endpoint that is made slower. */
export const INJECTED = ENDPOINTS[0].name;

const SPREAD = 0.35;

interface Request {
  readonly dueMs: number;
  readonly endpoint: (typeof ENDPOINTS)[number];
  readonly cpuMs: number;
  readonly waitMs: number;
  readonly isInTail: number;
  readonly fails: number;
}

/** Pairs of one comparison, one after the other, on one machine. The same label gives the same pairs. */
export function* simulatePairs(label: string, machine: Machine, injection: Injection): Generator<SimulatedPair> {
  const nextNoise = createNoise(machine, createRandom(`${label} machine`), BLOCK_SEC);
  for (let index = 0; ; index += 1) {
    const plan = planPair(label, index);
    const requests = drawRequests(plan.seed);
    const blocks = plan.order.map((side, place) => {
      const noise = nextNoise();
      const served = serve(requests, noise, side === 'candidate' ? injection : { name: 'nothing' });
      return { side, ...blockOf(served, { side, pair: index, place, seed: plan.seed, noise }) };
    });
    const [baseline, candidate] = (['baseline', 'candidate'] as const).map((side) =>
      blocks.find((block) => block.side === side),
    );
    if (baseline === undefined || candidate === undefined) throw new Error('a pair has two sides');
    yield {
      pair: { baseline: baseline.block, candidate: candidate.block },
      times: { baseline: baseline.times, candidate: candidate.times },
    };
  }
}

function drawRequests(seed: string): Request[] {
  const random = createRandom(seed);
  const requests: Request[] = [];
  for (let dueMs = 0; ; ) {
    dueMs += (-Math.log(1 - random.next()) * 1000) / REQUESTS_PER_SEC;
    if (dueMs >= BLOCK_SEC * 1000) return requests;
    const endpoint = random.pick(ENDPOINTS);
    requests.push({
      dueMs,
      endpoint,
      // Log-normal with the mean of the endpoint; one in fifty takes three times as long.
      cpuMs:
        (endpoint.cpuMs * Math.exp(SPREAD * normal(random) - SPREAD ** 2 / 2) * (random.chance(0.02) ? 3 : 1)) / 1.04,
      waitMs: endpoint.waitMs * -Math.log(1 - random.next()),
      isInTail: random.next(),
      fails: random.next(),
    });
  }
}

interface Served {
  readonly endpoint: string;
  readonly timeMs: number;
  readonly hasFailed: boolean;
}

/** One event loop: whoever comes while it is busy waits for all before. */
function serve(requests: readonly Request[], { speed, own, burst }: BlockNoise, injection: Injection): Served[] {
  const { work = 1, tail, scale = 1, errorRatio = 0 } = injection;
  let freeAtMs = 0;
  const ownFactors = new Map(ENDPOINTS.map(({ name }) => [name, own()]));
  return requests.map(({ dueMs, endpoint, cpuMs, waitMs, isInTail, fails }) => {
    const isInjected = endpoint.name === INJECTED;
    const isBursting = burst !== undefined && dueMs >= burst.from * 1000 && dueMs < burst.to * 1000;
    const factor =
      speed *
      (ownFactors.get(endpoint.name) ?? 1) *
      (isBursting ? burst.factor : 1) *
      (isInjected ? work : 1) *
      (isInjected && tail !== undefined && isInTail < tail.share ? tail.factor : 1);
    const beginMs = Math.max(dueMs, freeAtMs);
    freeAtMs = beginMs + cpuMs * factor;
    return {
      endpoint: endpoint.name,
      timeMs: (freeAtMs + waitMs * speed - dueMs) * scale,
      hasFailed: isInjected && fails < errorRatio,
    };
  });
}

function blockOf(
  served: readonly Served[],
  about: Pick<Block, 'side' | 'pair' | 'seed'> & { readonly place: number; readonly noise: BlockNoise },
): { block: Block; times: Map<string, number[]> } {
  const { side, pair, seed, place, noise } = about;
  const times = new Map<string, number[]>(ENDPOINTS.map(({ name }) => [name, []]));
  const errors = new Map<string, number>();
  for (const { endpoint, timeMs, hasFailed } of served) {
    times.get(endpoint)?.push(timeMs);
    if (hasFailed) errors.set(endpoint, (errors.get(endpoint) ?? 0) + 1);
  }
  const figures = [...times].map(([name, values]): TargetFigures => {
    const distribution = distributionOf(values);
    return {
      target: { kind: 'endpoint', name },
      requests: values.length,
      errors: errors.get(name) ?? 0,
      // A client cannot see when the server began: waiting in its queue is part of both.
      ...(distribution === undefined ? {} : { response: distribution, service: distribution }),
    };
  });
  const health = { latenessP99Ms: noise.latenessP99Ms, faults: [] };
  const block: Block = {
    side,
    pair,
    place: place === 0 ? 'first' : 'second',
    seed,
    durationSec: BLOCK_SEC,
    health,
    figures,
  };
  return { block, times };
}
