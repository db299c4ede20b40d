import type { Finding } from '../../diagnose/index.ts';

const OF: Partial<Record<Finding['cause'], string>> = {
  'rate limit': 'of all requests',
  'slow consumer': 'of the time that requests and jobs took',
};

/** What a finding costs: `84 % of the time of all requests (95 % interval 80–88 %)`. */
export function shareWords({ cause, share: { value, low, high } }: Finding): string {
  const percent = (share: number): string => String(Math.round(share * 100));
  return `${percent(value)} % ${OF[cause] ?? 'of the time of all requests'} (95 % interval ${percent(low)}–${percent(high)} %)`;
}

const CERTAINTY = {
  sure: 'sure: it was measured as such',
  likely: 'likely: it fits, and little else does',
} as const satisfies Record<Finding['certainty'], string>;

/** How much speaks for a finding, in words. */
export function certaintyWords({ certainty }: Finding): string {
  return CERTAINTY[certainty];
}

/** The line that a diagnosis begins with. */
export function headline(answer: 'generator' | 'no bottleneck' | 'not determined' | 'no data'): string {
  return {
    generator: 'The generator was the bottleneck',
    'no bottleneck': 'No bottleneck',
    'not determined': 'Not determined',
    'no data': 'No data',
  }[answer];
}
