import type { Entry } from '../plan/entry.ts';
import { withoutDust } from './arrival-phase.ts';

/**
 * Puts the phases of a test together again from the shares of all workers, as Artillery 2.0.34 deals them out
 * (lib/dist.ts): rates and `maxVusers` in parts that add up, `arrivalCount` to one worker with a pause for the others.
 *
 * @param shares for each worker its phases in their raw form; all workers have the same number of phases.
 * @example wholePhases([[{ duration: 9, arrivalRate: 2 }], [{ duration: 9, arrivalRate: 1 }]])
 *   // [{ duration: 9, arrivalRate: 3 }]
 */
export function wholePhases(shares: readonly (readonly Entry[])[]): Entry[] {
  const [first = []] = shares;
  return first.map((_, index) => wholeOf(shares.map((phases) => phases[index] ?? {})));
}

const DEALT_OUT = ['arrivalRate', 'rampTo', 'maxVusers'];

function wholeOf(parts: readonly Entry[]): Entry {
  // The other parts of a phase with an arrivalCount are pauses, and say nothing.
  const example = parts.find(({ arrivalCount }) => arrivalCount !== undefined) ?? parts[0] ?? {};
  const sums = DEALT_OUT.filter((key) => example[key] !== undefined).map((key) => [key, sumOf(parts, key)]);
  return { ...example, ...Object.fromEntries(sums) };
}

function sumOf(parts: readonly Entry[], key: string): number {
  return withoutDust(parts.reduce((sum, part) => sum + Number(part[key] ?? 0), 0));
}
