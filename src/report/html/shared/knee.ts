/** One observation: load and the time that went with it. */
export interface LoadPoint {
  readonly perSecond: number;
  readonly ms: number;
}

/** Where times begin to rise with the load. */
export interface Knee {
  readonly perSecond: number;
  /** The time there, and by how much it rises below and above for each further request per second. */
  readonly ms: number;
  readonly slopeBelow: number;
  readonly slopeAbove: number;
}

/** Fewer groups than this have no shape. */
const MIN_GROUPS = 8;
const GROUPS = 24;

/** The second line must explain this share of what one straight line leaves unexplained. */
const MIN_GAIN = 0.6;

/** Times above the knee must rise at least this much, as a share of the time at the knee, up to the highest load. */
const MIN_RISE = 0.5;

/**
 * The knee of response time against load: the joint of two straight lines that fit best, after taking the median of groups
 * of similar load. Undefined where one line will do, where the rise is small, or where the load hardly varied: most runs do
 * not reach the knee, and a knee that is not there would be believed.
 */
export function findKnee(points: readonly LoadPoint[]): Knee | undefined {
  const medians = groupMedians(points);
  if (medians.length < MIN_GROUPS) return undefined;
  const straight = residual(medians, undefined);
  let best: { joint: LoadPoint; fit: Fit } | undefined;
  for (const joint of medians.slice(2, -2)) {
    const fit = residual(medians, joint.perSecond);
    if (best === undefined || fit.error < best.fit.error) best = { joint, fit };
  }
  if (best === undefined) return undefined;
  const { joint, fit } = best;
  const ms = fit.at(joint.perSecond);
  const rise = fit.at(medians.at(-1)?.perSecond ?? 0) - ms;
  const isKnee =
    fit.error < straight.error * (1 - MIN_GAIN) && rise > MIN_RISE * ms && fit.above > Math.max(0, fit.below) * 3;
  return isKnee ? { perSecond: joint.perSecond, ms, slopeBelow: fit.below, slopeAbove: fit.above } : undefined;
}

/** Groups of similar load: steps of equal width, so that the rare high loads weigh as much as the usual ones. */
function groupMedians(points: readonly LoadPoint[]): LoadPoint[] {
  const loads = points.map(({ perSecond }) => perSecond);
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  // Arrivals scatter by themselves: a load that varies by less than half is one load.
  if (!(most > least * 1.5)) return [];
  const width = (most - least) / GROUPS;
  const groups = new Map<number, LoadPoint[]>();
  for (const point of points) {
    const group = Math.min(GROUPS - 1, Math.floor((point.perSecond - least) / width));
    groups.set(group, [...(groups.get(group) ?? []), point]);
  }
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([, members]) => ({
      perSecond: median(members.map(({ perSecond }) => perSecond)),
      ms: median(members.map(({ ms }) => ms)),
    }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

interface Fit {
  readonly error: number;
  readonly below: number;
  readonly above: number;
  readonly at: (perSecond: number) => number;
}

/** Least squares of ms = a + b x + c max(0, x - joint); without a joint, of a straight line. */
function residual(points: readonly LoadPoint[], joint: number | undefined): Fit {
  const hinge = (x: number): number => (joint === undefined ? 0 : Math.max(0, x - joint));
  const rows = points.map(({ perSecond: x }) => [1, x, hinge(x)]);
  const [a = 0, b = 0, c = 0] = leastSquares(
    rows,
    points.map(({ ms }) => ms),
  );
  const at = (x: number): number => a + b * x + c * hinge(x);
  const error = points.reduce((sum, { perSecond, ms }) => sum + (ms - at(perSecond)) ** 2, 0);
  return { error, below: b, above: b + c, at };
}

/** Solves the normal equations by Gauss with pivots; a column that says nothing gets the factor 0. */
function leastSquares(rows: readonly number[][], values: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_unused, j) => rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)),
    rows.reduce((sum, row, index) => sum + (row[i] ?? 0) * (values[index] ?? 0), 0),
  ]);
  for (let column = 0; column < size; column += 1) {
    const pivot = system[column];
    const factor = pivot?.[column] ?? 0;
    if (pivot === undefined || Math.abs(factor) < 1e-9) continue;
    for (const [index, row] of system.entries()) {
      if (index === column) continue;
      const share = (row[column] ?? 0) / factor;
      for (let j = 0; j <= size; j += 1) row[j] = (row[j] ?? 0) - share * (pivot[j] ?? 0);
    }
  }
  return system.map((row, index) => (Math.abs(row[index] ?? 0) < 1e-9 ? 0 : (row[size] ?? 0) / (row[index] ?? 1)));
}
