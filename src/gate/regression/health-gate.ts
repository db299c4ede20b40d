import { fisherExact } from '../../stats/index.ts';
import type { Block, Pair, Side } from './block.ts';
import type { GatePolicy } from './policy.ts';

/** A block during which the generator or the machine was not up to it. */
export interface SpoiledBlock {
  readonly side: Side;
  readonly pair: number;
  readonly why:
    | { readonly kind: 'late'; readonly latenessP99Ms: number; readonly limitMs: number }
    | { readonly kind: 'not valid'; readonly faults: readonly string[] }
    | { readonly kind: 'not measured' };
}

/** Which pairs count. */
export interface HealthGate {
  readonly kept: readonly Pair[];
  readonly dropped: readonly Pair[];
  readonly spoiled: readonly SpoiledBlock[];
  /** Why nothing may be concluded from those that are left; absent: all is well. */
  readonly doubt?:
    | { readonly kind: 'too many dropped'; readonly share: number; readonly limit: number }
    /** The one side spoils more blocks than the other: what is left is not a fair choice of either. */
    | { readonly kind: 'drops differ'; readonly baseline: number; readonly candidate: number; readonly p: number };
}

/**
 * Drops pairs in which a block was spoiled. The limit is fixed before the run and looks at the generator alone, never at what
 * was measured; and a pair goes as a whole, since single blocks would leave the other side's luck behind.
 */
export function keepHealthy(pairs: readonly Pair[], policy: GatePolicy): HealthGate {
  const spoiled = pairs.flatMap(({ baseline, candidate }) =>
    [baseline, candidate].flatMap((block) => spoiledBlock(block, policy) ?? []),
  );
  const bad = new Set(spoiled.map(({ pair }) => pair));
  const kept = pairs.filter(({ baseline }) => !bad.has(baseline.pair));
  const dropped = pairs.filter(({ baseline }) => bad.has(baseline.pair));
  const doubt = doubtOf(pairs.length, dropped.length, spoiled, policy);
  return { kept, dropped, spoiled, ...(doubt === undefined ? {} : { doubt }) };
}

function spoiledBlock({ side, pair, health }: Block, policy: GatePolicy): SpoiledBlock | undefined {
  const { latenessP99Ms, faults } = health;
  const limitMs = policy.maxLatenessP99Ms;
  if (faults.length > 0) return { side, pair, why: { kind: 'not valid', faults } };
  if (latenessP99Ms === undefined) return { side, pair, why: { kind: 'not measured' } };
  return latenessP99Ms > limitMs ? { side, pair, why: { kind: 'late', latenessP99Ms, limitMs } } : undefined;
}

function doubtOf(
  all: number,
  dropped: number,
  spoiled: readonly SpoiledBlock[],
  { maxDroppedShare, dropImbalance }: GatePolicy,
): HealthGate['doubt'] {
  if (all === 0) return undefined;
  const [baseline, candidate] = (['baseline', 'candidate'] as const).map(
    (side) => spoiled.filter((block) => block.side === side).length,
  ) as [number, number];
  const p = fisherExact([
    [baseline, all - baseline],
    [candidate, all - candidate],
  ]);
  if (p < dropImbalance) return { kind: 'drops differ', baseline, candidate, p };
  const share = dropped / all;
  return share > maxDroppedShare ? { kind: 'too many dropped', share, limit: maxDroppedShare } : undefined;
}
