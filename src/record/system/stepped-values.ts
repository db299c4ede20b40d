/** The values of one series, one for each step from 0 on. */
export interface SteppedValues {
  /**
   * Sets the value of the steps that a span covers for the most part, at least of one; what lies before 0 is left out. Several
   * values of one step become their mean.
   */
  put(fromMs: number, toMs: number, value: number, stepSeconds: number): void;
  /** Makes one step of two, with the mean of their values. */
  halve(): void;
  /** With five digits; null where nothing was put. */
  all(): (number | null)[];
}

/** No values yet. */
export function steppedValues(): SteppedValues {
  let sums: number[] = [];
  let counts: number[] = [];
  return {
    put: (fromMs, toMs, value, stepSeconds) => {
      const stepMs = stepSeconds * 1000;
      const middle = Math.floor((fromMs + toMs) / 2 / stepMs);
      const first = Math.min(middle, Math.round(fromMs / stepMs));
      const last = Math.max(middle, Math.round(toMs / stepMs) - 1);
      // A span that is hardly longer than a step covers one, and not a second one by rounding.
      const isShort = toMs - fromMs < 1.5 * stepMs;
      const [from, to] = isShort ? [middle, middle] : [first, last];
      for (let step = Math.max(0, from); step <= to; step += 1) {
        sums[step] = (sums[step] ?? 0) + value;
        counts[step] = (counts[step] ?? 0) + 1;
      }
    },
    halve: () => {
      sums = pairs(sums);
      counts = pairs(counts);
    },
    all: () => Array.from(counts, (count, step) => (count ? round((sums[step] ?? 0) / count) : null)),
  };
}

function pairs(values: readonly (number | undefined)[]): number[] {
  return Array.from(
    { length: Math.ceil(values.length / 2) },
    (_, step) => (values[2 * step] ?? 0) + (values[2 * step + 1] ?? 0),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
