import type { RuleResult, RuleTerm } from '../record/index.ts';
import { metricLabel } from './metric-label.ts';
import { formatQuantity } from './number-format.ts';

/** What is said of a rule in one word. */
export type RuleMark = 'ok' | 'BROKEN' | 'NO DATA' | 'not held' | '';

/** One line of a table of rules, in words that any output may show. */
export interface RuleLine {
  /** Empty for a part of the rule above it. */
  readonly mark: RuleMark;
  /** It keeps the run from passing. */
  readonly isBad: boolean;
  readonly isPart: boolean;
  readonly name: string;
  readonly observed: string;
  readonly limit: string;
  /** How far the observation is from the limit, in per cent of it; empty where that says nothing. */
  readonly margin: string;
}

const MARKS = { passed: 'ok', failed: 'BROKEN', 'no data': 'NO DATA' } as const;

/** Broken rules first, then those that only do not hold, then in the order of the test. */
export function orderedRules(rules: readonly RuleResult[]): RuleResult[] {
  return rules.toSorted((a, b) => rank(a) - rank(b));
}

/** A rule of one comparison has one line; one of several has its own words first, and a line for each of them. */
export function ruleLines(rule: RuleResult): RuleLine[] {
  const isBad = rule.strict && rule.outcome !== 'passed';
  const mark = rule.strict || rule.outcome === 'passed' ? MARKS[rule.outcome] : 'not held';
  const [only] = rule.terms;
  if (only !== undefined && rule.terms.length === 1) return [{ mark, isBad, isPart: false, ...wordsOf(only) }];
  const parts = rule.terms.map((term): RuleLine => ({ mark: '', isBad: false, isPart: true, ...wordsOf(term) }));
  return [{ mark, isBad, isPart: false, name: rule.rule, observed: '', limit: '', margin: '' }, ...parts];
}

function wordsOf(term: RuleTerm): Pick<RuleLine, 'name' | 'observed' | 'limit' | 'margin'> {
  const { label, unit: usual } = metricLabel(term.subject);
  const unit = term.unit ?? usual;
  const observed = term.observed === undefined ? 'no data' : formatQuantity(term.observed, unit);
  const limit = term.limit === undefined ? 'no data' : formatQuantity(term.limit, unit);
  return { name: label, observed, limit: `${term.operator} ${limit}`, margin: marginOf(term) };
}

function marginOf({ observed, limit, operator }: RuleTerm): string {
  if (observed === undefined || limit === undefined || limit === 0 || operator === '==' || operator === '!=') return '';
  const percent = ((observed - limit) / Math.abs(limit)) * 100;
  const rounded = Math.abs(percent) >= 10 ? Math.round(Math.abs(percent)) : Math.round(Math.abs(percent) * 10) / 10;
  if (rounded === 0) return 'at it';
  return `${rounded.toLocaleString('en')} % ${percent > 0 ? 'over' : 'under'}`;
}

function rank(rule: RuleResult): number {
  if (rule.outcome === 'passed') return 2;
  return rule.strict ? 0 : 1;
}
