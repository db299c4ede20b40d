/**
 * How many single changes turn one word into another: a letter put in, left out, replaced, or two neighbours swapped
 * (optimal string alignment, Damerau 1964). Letter case does not count.
 *
 * @example editDistance('arrivalrat', 'arrivalRate') // 1
 */
export function editDistance(a: string, b: string): number {
  const from = a.toLowerCase();
  const to = b.toLowerCase();
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      current.push(swapped ? Math.min(best, (beforeLast[column - 2] ?? 0) + 1) : best);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/**
 * The known word that another is a misspelling of: the nearest one, if at most a third of its letters, and at most three,
 * would have to change.
 *
 * @example closest('phasess', ['phases', 'payload']) // 'phases'
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  let nearest: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(word, name);
    if (distance <= tolerance(word, name) && distance < (nearest?.distance ?? Infinity)) nearest = { name, distance };
  }
  return nearest?.name;
}

/**
 * The word that was probably meant: a misspelt one, or the only known one that goes on where this one ends or begins
 * before it (`rate` for `arrivalRate`).
 *
 * @example didYouMean('ramp', ['rampTo', 'duration']) // 'rampTo'
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const misspelt = closest(word, known);
  if (misspelt !== undefined || word.length < 4) return misspelt;
  const longer = known.filter((name) => name.toLowerCase().includes(word.toLowerCase()));
  return longer.length === 1 ? longer[0] : undefined;
}

function tolerance(word: string, name: string): number {
  return Math.min(3, Math.floor(Math.max(word.length, name.length) / 3));
}
