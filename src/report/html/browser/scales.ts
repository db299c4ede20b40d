/** The range of an axis. */
export type Range = [low: number, high: number];

/** From nothing to a little above the largest value, so that heights can be compared. */
export function linearRange(largest: number | undefined, atLeast = 0): Range {
  const high = Math.max(largest ?? 0, atLeast);
  return [0, high > 0 ? high * 1.08 : 1];
}

/** From a 1, 2 or 5 below the smallest value to one above the largest. */
export function logRange(smallest: number | undefined, largest: number | undefined): Range {
  const low = Math.max(smallest ?? 1, 1e-3);
  const high = Math.max(largest ?? low * 10, low);
  // A little room, so that what is drawn at the top does not hide in the edge.
  const [below, above] = [roundDown(low), roundUp(high * 1.02)];
  return [below, above > below ? above : below * 10];
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([5, 2, 1].find((digit) => digit * power <= value * 1.0001) ?? 1);
}

function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((digit) => digit * power >= value * 0.9999) ?? 10);
}
