/**
 * The average of a series over each of `columns` equal parts of it. Values stand for equal intervals.
 *
 * @param values not empty. @param columns 1 or more; may be more than there are values.
 */
export function resample(values: readonly number[], columns: number): number[] {
  const width = values.length / columns;
  return Array.from({ length: columns }, (_, column) => {
    const [from, to] = [column * width, (column + 1) * width];
    let sum = 0;
    for (let index = Math.floor(from); index < Math.min(values.length, Math.ceil(to)); index += 1) {
      sum += (values[index] ?? 0) * (Math.min(to, index + 1) - Math.max(from, index));
    }
    return sum / width;
  });
}

/** A round number that is not below `value`, for the end of an axis: 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(3));
}
