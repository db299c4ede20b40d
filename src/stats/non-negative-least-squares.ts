/** The best fit without a negative coefficient. */
export interface NonNegativeFit {
  /** One for each column, at least 0. */
  readonly coefficients: readonly number[];
  /** Sum of the squares of what is left over. */
  readonly residual: number;
}

/** Rounds after which columns that go in and out in turns are given up; a well posed problem needs about one per column. */
const ROUNDS_PER_COLUMN = 30;

/**
 * Coefficients x ≥ 0 for which the sum of columns times x is nearest to a target: the algorithm NNLS of C. L. Lawson and R. J. Hanson,
 * Solving Least Squares Problems (1974), chapter 23. Which work costs how much, where no work can cost less than nothing.
 *
 * @param columns all as long as the target, finite. A column that others say as well gets 0.
 *
 * @example nonNegativeLeastSquares([[1, 0], [0, 1]], [2, -3]).coefficients // [2, 0]
 */
export function nonNegativeLeastSquares(
  columns: readonly ArrayLike<number>[],
  target: ArrayLike<number>,
): NonNegativeFit {
  // Columns of length 1: which one is tried first must not depend on the unit of each.
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  const unit = columns.map((column, index) => Float64Array.from(column, (value) => value / (lengths[index] || 1)));
  const scaled = solve(unit, target);
  return {
    coefficients: scaled.map((value, index) => value / (lengths[index] || 1)),
    residual: residualOf(unit, scaled, target),
  };
}

function solve(columns: readonly Float64Array[], target: ArrayLike<number>): number[] {
  const gram = columns.map((a) => columns.map((b) => dot(a, b)));
  const along = columns.map((column) => dot(column, target));
  const tolerance = 1e-10 * Math.max(...along.map(Math.abs), 0);
  let current = columns.map(() => 0);
  const passive = new Set<number>();
  for (let round = 0; round < ROUNDS_PER_COLUMN * columns.length; round += 1) {
    const entering = steepest(gram, along, current, passive);
    if (entering === undefined || entering.gain <= tolerance) return current;
    passive.add(entering.column);
    current = settle(gram, along, current, passive);
  }
  return current;
}

/** The column that would shrink what is left over the fastest. */
function steepest(
  gram: readonly (readonly number[])[],
  along: readonly number[],
  current: readonly number[],
  passive: ReadonlySet<number>,
): { readonly column: number; readonly gain: number } | undefined {
  let best: { column: number; gain: number } | undefined;
  along.forEach((value, column) => {
    if (passive.has(column)) return;
    const gain = value - dot(gram[column] ?? [], current);
    if (best === undefined || gain > best.gain) best = { column, gain };
  });
  return best;
}

/** Least squares over the passive columns; one that would go below 0 leaves them, on the way there. */
function settle(
  gram: readonly (readonly number[])[],
  along: readonly number[],
  from: readonly number[],
  passive: Set<number>,
): number[] {
  let current = [...from];
  while (passive.size > 0) {
    const chosen = [...passive];
    const wanted = new Map(
      solveSymmetric(gram, along, chosen).map((value, index) => [chosen[index] ?? -1, value] as const),
    );
    const negative = chosen.filter((column) => (wanted.get(column) ?? 0) <= 0);
    if (negative.length === 0) return current.map((_, column) => wanted.get(column) ?? 0);
    const step = Math.min(
      ...negative.map((column) => {
        const value = current[column] ?? 0;
        return value / (value - (wanted.get(column) ?? 0) || Infinity);
      }),
    );
    current = current.map((value, column) => {
      const to = wanted.get(column);
      return to === undefined ? 0 : value + step * (to - value);
    });
    for (const column of negative) if ((current[column] ?? 0) <= 1e-14) passive.delete(column);
    for (const column of chosen) if (!passive.has(column)) current[column] = 0;
  }
  return current.map(() => 0);
}

/** Gauss with the largest pivot; a column that the others say already gets 0. */
function solveSymmetric(
  gram: readonly (readonly number[])[],
  along: readonly number[],
  chosen: readonly number[],
): number[] {
  const rows = chosen.map((row) => [...chosen.map((column) => gram[row]?.[column] ?? 0), along[row] ?? 0]);
  const size = chosen.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const best = rows.slice(pivot).reduce((most, row, index) => {
      return Math.abs(row[pivot] ?? 0) > Math.abs(rows[most]?.[pivot] ?? 0) ? pivot + index : most;
    }, pivot);
    [rows[pivot], rows[best]] = [rows[best] ?? [], rows[pivot] ?? []];
    const head = rows[pivot]?.[pivot] ?? 0;
    if (Math.abs(head) < 1e-12) continue;
    rows.forEach((row, index) => {
      if (index !== pivot) subtract(row, rows[pivot] ?? [], (row[pivot] ?? 0) / head);
    });
  }
  return rows.map((row, index) => {
    const head = row[index] ?? 0;
    return Math.abs(head) < 1e-12 ? 0 : (row[size] ?? 0) / head;
  });
}

function subtract(row: number[], other: readonly number[], times: number): void {
  for (let index = 0; index < row.length; index += 1) row[index] = (row[index] ?? 0) - times * (other[index] ?? 0);
}

function residualOf(
  columns: readonly ArrayLike<number>[],
  coefficients: readonly number[],
  target: ArrayLike<number>,
): number {
  let sum = 0;
  for (let row = 0; row < target.length; row += 1) {
    const fitted = columns.reduce((total, column, index) => total + (column[row] ?? 0) * (coefficients[index] ?? 0), 0);
    sum += ((target[row] ?? 0) - fitted) ** 2;
  }
  return sum;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
