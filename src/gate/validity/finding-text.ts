const SIGNIFICANT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `62 %`, `0.4 %`. @param share 0–1. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 99.5 || value === 0 ? Math.round(value) : SIGNIFICANT.format(value)} %`;
}

/** `41 ms`, `1,230 ms`. */
export function milliseconds(ms: number): string {
  return `${ms >= 100 ? Math.round(ms).toLocaleString('en') : SIGNIFICANT.format(ms)} ms`;
}

/** Parts of a sentence, the empty ones left out. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** What is judged against a limit of its own. */
interface Limited {
  readonly share: number;
  readonly limit: number;
}

/** The run if it is over its limit, else the worst of its phases that are over theirs. */
export function firstOverLimit<T extends Limited>(run: T, phases: readonly T[]): T | undefined {
  const isOver = ({ share, limit }: Limited): boolean => share > limit;
  return isOver(run) ? run : phases.filter(isOver).toSorted((a, b) => b.share - a.share)[0];
}

/** What helps against a generator that cannot keep up. */
export const RELIEF =
  'Lower the rate, take work out of the functions of the processor, or give the generator a machine of its own.';
