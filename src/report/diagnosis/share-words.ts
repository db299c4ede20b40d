import { type Finding, isVague } from '../../diagnose/index.ts';

const OF: Partial<Record<Finding['cause'], string>> = {
  'rate limit': 'of all requests',
  'slow consumer': 'of the time that requests and jobs took',
};

/** What a finding costs: `84 % of the time of all requests (95 % interval 80–88 %)`; no figure where the interval leaves it open. */
export function shareWords({ cause, share }: Finding): string {
  const of = OF[cause] ?? 'of the time of all requests';
  if (isVague(share)) return `How much ${of} it took cannot be told: the parts of the run differ too much`;
  const percent = (part: number): string => String(Math.round(part * 100));
  return `${percent(share.value)} % ${of} (95 % interval ${percent(share.low)}–${percent(share.high)} %)`;
}

const CERTAINTY = {
  sure: 'sure: it was measured as such',
  likely: 'likely: it fits, and little else does',
  possible: 'possible: it fits, and may be a small part',
} as const satisfies Record<Finding['certainty'], string>;

/** How much speaks for a finding, in words. */
export function certaintyWords({ certainty }: Finding): string {
  return CERTAINTY[certainty];
}

/** What a finding is called, by its place among the others: `Bottleneck`. */
export function findingName({ certainty }: Finding, index: number): string {
  if (index > 0) return 'Also';
  return certainty === 'possible' ? 'Possible bottleneck' : 'Bottleneck';
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
