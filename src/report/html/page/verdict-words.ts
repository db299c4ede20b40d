import type { RunRecord } from '../../../record/index.ts';
import { formatQuantity } from '../../number-format.ts';
import type { TermView, ThresholdView } from '../aggregate/thresholds.ts';

/** How a verdict is shown: its name, and one of four tones; colour never stands alone. */
export interface VerdictWords {
  readonly title: string;
  readonly tone: 'good' | 'bad' | 'warn';
  readonly sentence: string;
}

const TITLES = {
  passed: ['Passed', 'good'],
  failed: ['Failed', 'bad'],
  regressed: ['Regressed', 'bad'],
  'not valid': ['Not valid', 'warn'],
  inconclusive: ['Inconclusive', 'warn'],
} as const;

/** A verdict and why, in one sentence. */
export function verdictWords({ verdict }: RunRecord, thresholds: readonly ThresholdView[]): VerdictWords {
  // A run of a later version may have an outcome that this one does not know.
  const [title, tone] = TITLES[verdict.outcome] ?? [verdict.outcome, 'warn'];
  return { title, tone, sentence: sentenceOf(verdict, thresholds) };
}

function sentenceOf(verdict: RunRecord['verdict'], thresholds: readonly ThresholdView[]): string {
  const broken = thresholds.filter(({ state }) => state === 'broken' || state === 'no data');
  const [worst] = broken;
  const isByRules = verdict.outcome === 'failed' && verdict.faults.length === 0 && worst !== undefined;
  if (isByRules) return `${brokenSentence(worst)}${othersOf(broken.length - 1, thresholds.length)}`;
  if (verdict.outcome === 'passed') return passedSentence(thresholds, verdict.reason);
  return `${capitalised(verdict.reason)}${/[.!?]$/.test(verdict.reason) ? '' : '.'}`;
}

function brokenSentence({ terms, state, rule, phase }: ThresholdView): string {
  const term = terms.find((each) => each.marginPercent !== undefined && each.marginPercent <= 0) ?? terms[0];
  if (state === 'no data' || term === undefined) return `There was no data for ${term?.label ?? rule}`;
  const where = phase === undefined || term.label.includes('during') ? '' : ` during “${phase}”`;
  return `${capitalised(term.label)} was ${amount(term.observed, term)}${where}, ${marginWords(term)}`;
}

function othersOf(others: number, all: number): string {
  if (others === 0) return all === 1 ? '.' : `; the other ${all - 1} of ${all} thresholds hold.`;
  return `; ${others} more of ${all} thresholds ${others === 1 ? 'is' : 'are'} broken.`;
}

function passedSentence(thresholds: readonly ThresholdView[], reason: string): string {
  const tight = thresholds
    .flatMap(({ terms }) => terms)
    .filter((term) => term.marginPercent !== undefined)
    .toSorted((a, b) => (a.marginPercent ?? 0) - (b.marginPercent ?? 0))[0];
  const count = thresholds.length;
  if (tight === undefined) return `${capitalised(reason)}${/[.!?]$/.test(reason) ? '' : '.'}`;
  const all = count === 1 ? 'The one threshold holds' : `All ${count} thresholds hold`;
  return `${all}; the closest is ${tight.label} with ${amount(tight.observed, tight)}, ${marginWords(tight)}.`;
}

/** `37 % over the limit of 300 ms`. */
export function marginWords(term: TermView): string {
  const limit = amount(term.limit, term);
  const { marginPercent: margin, operator } = term;
  if (margin === undefined) return `where the limit is ${operator} ${limit}`;
  const percent = Math.abs(margin) >= 10 ? Math.round(Math.abs(margin)) : Math.round(Math.abs(margin) * 10) / 10;
  if (percent === 0) return `at the limit of ${limit}`;
  const isOver = operator.startsWith('<') ? margin < 0 : margin > 0;
  // A count of 3,000 where 1 is allowed is said better by the numbers.
  if (percent > 1000) return `where the limit is ${limit}`;
  return `${percent.toLocaleString('en')} % ${isOver ? 'over' : 'under'} the limit of ${limit}`;
}

function amount(value: number | undefined, { unit }: TermView): string {
  return value === undefined ? 'unknown' : formatQuantity(value, unit);
}

function capitalised(text: string): string {
  // Names of metrics and endpoints are written as they are.
  return /^[a-z]+ /.test(text) && !/^p\d/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
