/** One figure of a run beside the same figure of the run it is compared with. */
export interface ShownDifference {
  /** What it is a figure of: `p95 of Search`. */
  readonly name: string;
  readonly unit: 'ms' | '%' | '/s' | '';
  /** Undefined: that run has none. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Change as a share of `before`, with the ends of its confidence interval where there is one; 0.1 is 10 % more. */
  readonly change?: { readonly share: number; readonly low?: number; readonly high?: number };
  /** `advisory`: nobody tested whether it is more than chance. */
  readonly judgement: 'worse' | 'better' | 'no difference' | 'advisory';
}

/** What a comparison with a baseline found. */
export interface RunComparison {
  /** What the run is compared with, as a reader knows it. */
  readonly baseline: string;
  /** The most important first. */
  readonly differences: readonly ShownDifference[];
}
