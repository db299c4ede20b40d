/** From which number to which a loop counts. */
export interface LoopRange {
  readonly from: number;
  /** Exclusive; -1: without end. */
  readonly to: number;
}

/**
 * The `count` of a loop as Artillery reads it. A range counts up to its end and not through it: `1-5` is four rounds.
 * No count, and the number 0, mean without end; the text "0" means never.
 *
 * @example loopRange('1-5') // { from: 1, to: 5 }
 */
export function loopRange(count: unknown): LoopRange {
  const spec = count || -1;
  if (typeof spec === 'number') return { from: 0, to: spec };
  if (typeof spec !== 'string') return { from: 0, to: 0 };
  if (!Number.isNaN(Number(spec))) return { from: 0, to: Number(spec) };
  if (!/\d-\d/.test(spec)) return { from: 0, to: 0 };
  const [from, to] = spec.split('-').map(Number);
  return { from: from ?? 0, to: to ?? 0 };
}

/** How many rounds a range is: whole, 0 or more; Infinity for a loop without end. */
export function roundsOf({ from, to }: LoopRange): number {
  return to === -1 ? Infinity : Math.max(0, Math.ceil(to - from) || 0);
}

/**
 * The chance (0–1) that a request with this `probability` is sent. Artillery draws one of the 101 whole numbers from 0 to
 * 100, so that 50 means 49.5 %, and 100 leaves out one request in 101.
 */
export function chanceOf(probability: unknown): number {
  const percent = Math.min(100, Number(probability) || 0);
  return Math.max(0, Math.ceil(percent)) / 101;
}
