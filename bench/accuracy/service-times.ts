import { createRandom } from 'proving-ground/stats/random.ts';

/** How long the server works on a request before its last byte, and what else it does. */
export type Behaviour = 'at once' | 'fast' | 'log-normal' | 'slow body' | 'stall';

/** When a server stands still, in milliseconds since its first request. */
export interface Stall {
  readonly everyMs: number;
  readonly lengthMs: number;
  readonly firstMs: number;
}

/** Time from the last byte of a request to the answer, of `fast`, in milliseconds. */
export const FAST_MS = 0.1;

/** Of `log-normal`: median in milliseconds and standard deviation of the logarithm. */
export const LOG_NORMAL = { medianMs: 5, sigma: 0.8 } as const;

/** Of `slow body`: the head comes at once, and then as many pieces, evenly over this many milliseconds. */
export const SLOW_BODY = { pieces: 5, overMs: 50 } as const;

/** Milliseconds after its arrival at which each piece of an answer is sent; the last one ends it. */
export function planOfAnswer(behaviour: Behaviour, request: number): number[] {
  switch (behaviour) {
    case 'at once':
      return [0];
    case 'fast':
    case 'stall':
      return [FAST_MS];
    case 'log-normal':
      return [LOG_NORMAL.medianMs * Math.exp(LOG_NORMAL.sigma * standardNormal(request))];
    case 'slow body':
      return [
        0,
        ...Array.from({ length: SLOW_BODY.pieces }, (_, i) => ((i + 1) * SLOW_BODY.overMs) / SLOW_BODY.pieces),
      ];
  }
}

/** Box and Muller's method; the same number for the same request. */
function standardNormal(request: number): number {
  const random = createRandom(`service time ${request}`);
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
