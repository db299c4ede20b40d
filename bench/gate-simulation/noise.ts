import type { Random } from 'proving-ground/stats/random.ts';

/** What the machine does besides, and how it differs from block to block. */
export interface Machine {
  readonly name: string;
  /** Standard deviation of the log speed between blocks that belong together in time (it drifts), and of each block alone. */
  readonly drift: number;
  readonly jitter: number;
  /** The same of each endpoint in each block. */
  readonly own: number;
  /** Chance that other work begins before a block, and that it goes on into the next. */
  readonly spoilChance: number;
  readonly spoilStays: number;
  /** Share of spoiled blocks during which the generator notices nothing. */
  readonly unseen: number;
}

/** A machine of one's own; and one on which others work now and then, as measured: 11 of 40 pairs spoiled. */
export const MACHINES: readonly Machine[] = [
  { name: 'quiet', drift: 0.02, jitter: 0.01, own: 0.015, spoilChance: 0, spoilStays: 0, unseen: 0 },
  { name: 'shared', drift: 0.03, jitter: 0.018, own: 0.02, spoilChance: 0.08, spoilStays: 0.5, unseen: 0.05 },
];

/** The state of the machine during one block. */
export interface BlockNoise {
  /** Factor on all processor time. */
  readonly speed: number;
  /** Factor on that of one endpoint, drawn once per endpoint: caches, code that was compiled differently. */
  readonly own: () => number;
  /** Other work: from when to when, seconds, and its factor. */
  readonly burst: { readonly from: number; readonly to: number; readonly factor: number } | undefined;
  readonly latenessP99Ms: number;
}

const MEMORY = 0.8;

/** Draws the states of one block after the other; the state of a block depends on those before it. */
export function createNoise(machine: Machine, random: Random, blockSec: number): () => BlockNoise {
  let drift = normal(random) * machine.drift;
  let isSpoiled = false;
  return () => {
    drift = MEMORY * drift + Math.sqrt(1 - MEMORY ** 2) * machine.drift * normal(random);
    const speed = Math.exp(drift + machine.jitter * heavyTailed(random));
    const own = (): number => Math.exp(machine.own * normal(random));
    isSpoiled = random.chance(isSpoiled ? machine.spoilStays : machine.spoilChance);
    if (!isSpoiled) return { speed, own, burst: undefined, latenessP99Ms: 1 + 4 * random.next() };
    const isUnseen = random.chance(machine.unseen);
    const length = blockSec * (0.2 + 0.8 * random.next());
    const from = random.next() * (blockSec - length);
    return {
      speed,
      own,
      burst: { from, to: from + length, factor: isUnseen ? 1.1 + 0.4 * random.next() : 1.3 + 1.2 * random.next() },
      latenessP99Ms: isUnseen ? 8 : 15 + 60 * random.next(),
    };
  };
}

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Standard normal, but one in ten is three times as large. */
function heavyTailed(random: Random): number {
  return normal(random) * (random.chance(0.1) ? 3 : 1);
}
