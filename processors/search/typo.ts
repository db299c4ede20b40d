import type { Random } from 'proving-ground/stats/random.ts';

/**
 * A word as a hurried person types it: two letters swapped, one left out, or one typed twice.
 *
 * @returns never the word itself, except when it has fewer than two letters.
 */
export function makeTypo(random: Random, word: string): string {
  if (word.length < 2) return word;
  const at = random.integer(0, word.length - 2);
  const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  const slip = random.pick(['swap', 'omit', 'double'] as const);
  // Swapping two equal letters would change nothing.
  if (slip === 'swap' && here !== next) return before + next + here + after;
  if (slip === 'double') return before + here + here + next + after;
  return before + next + after;
}
