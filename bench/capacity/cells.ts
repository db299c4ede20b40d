import type { KnownSystem } from './known-server.ts';

/** A procedure on a system, once. */
export interface Cell {
  readonly id: string;
  readonly procedure: 'search' | 'ramp' | 'bisection';
  readonly system: KnownSystem;
  /** Number of the repetition, from 1; also its seed. */
  readonly repetition: number;
}

/** Capacities of 40, 75, 100 and 200 requests a second; few workers and many, quick ones and slow ones. */
const SYSTEMS: readonly KnownSystem[] = [
  { workers: 2, serviceMs: 20 },
  { workers: 2, serviceMs: 50 },
  { workers: 4, serviceMs: 20 },
  { workers: 3, serviceMs: 40 },
];
const REPETITIONS = 3;

/** Every search first, a repetition of all systems after the other; then what is measured beside them, once each. */
export const CELLS: readonly Cell[] = [
  ...Array.from({ length: REPETITIONS }, (_, index) => cellsOf('search', index + 1)).flat(),
  ...cellsOf('ramp', 1),
  ...cellsOf('bisection', 1),
];

function cellsOf(procedure: Cell['procedure'], repetition: number): Cell[] {
  return SYSTEMS.map((system) => ({
    id: `${procedure}-${system.workers}x${system.serviceMs}ms-${repetition}`,
    ...{ procedure, system, repetition },
  }));
}
