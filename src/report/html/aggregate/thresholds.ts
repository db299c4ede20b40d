import type { RuleResult, RuleTerm } from '../../../record/index.ts';
import { metricLabel } from '../../metric-label.ts';
import type { Focus } from '../shared/focus.ts';
import type { LimitLine, LimitTarget, ReportData } from '../shared/report-data.ts';
import { type Breaches, breachesOf } from './breaches.ts';
import { type Watched, watchedBy } from './watched.ts';

/** A rule of the run as the table of thresholds shows it. */
export interface ThresholdView {
  readonly rule: string;
  readonly position: string | undefined;
  readonly state: 'held' | 'broken' | 'no data' | 'not held, not strict';
  readonly terms: readonly TermView[];
  readonly phase: string | undefined;
  /** Where its scope begins, if later than its phase or the run. */
  readonly afterMs: number | undefined;
  readonly breaches: Breaches | undefined;
  /** Where to look at it. */
  readonly focus: Focus | undefined;
}

/** A comparison of a rule. */
export interface TermView {
  readonly label: string;
  readonly operator: string;
  readonly observed: number | undefined;
  readonly limit: number | undefined;
  readonly unit: string;
  /** How far the observation is on the safe side, in per cent of the limit; negative: over it. */
  readonly marginPercent: number | undefined;
}

/** The rules of a run, broken ones first, each with what can be said about when it was broken. */
export function thresholdViews(rules: readonly RuleResult[], data: ReportData): ThresholdView[] {
  return inOrder(rules).map((rule) => {
    const watched = watchedBy(rule, data);
    const [term] = rule.terms;
    return {
      rule: rule.rule,
      position: rule.position,
      state: stateOf(rule),
      terms: rule.terms.map(termView),
      phase: watched?.phase,
      afterMs: watched?.afterMs,
      breaches: watched && term && breachesOf(data, watched, term),
      focus: watched && canBeShown(watched, data) ? focusOf(watched) : undefined,
    };
  });
}

/** The thresholds that are about one value over time, as lines for its chart. */
export function limitLines(rules: readonly RuleResult[], data: Parameters<typeof watchedBy>[1]): LimitLine[] {
  return inOrder(rules).flatMap((rule, index) => {
    const watched = watchedBy(rule, data);
    const [term] = rule.terms;
    const target = watched && targetOf(watched);
    if (target === undefined || watched === undefined || term?.limit === undefined) return [];
    const { unit } = termView(term);
    return [{ rule: index, label: quantityLabel(watched), target, limit: term.limit, unit, ...watched.interval }];
  });
}

function targetOf({ of, quantity }: Watched): LimitTarget | undefined {
  const isValue = ['quantile', 'mean', 'min', 'max'].includes(quantity.kind);
  if (of.kind === 'metric') return isValue ? { kind: 'metric', name: of.name } : undefined;
  if (of.selection.kind === 'journey') return undefined;
  const endpoint = of.selection.kind === 'endpoint' ? of.selection.name : undefined;
  if (isValue) return { kind: 'time', measure: of.measure, endpoint };
  return quantity.kind === 'error rate' ? { kind: 'error rate', endpoint } : undefined;
}

/** Broken ones first, otherwise as the test has them. */
function inOrder(rules: readonly RuleResult[]): RuleResult[] {
  const rank = (rule: RuleResult): number => (rule.outcome === 'passed' ? 2 : rule.strict ? 0 : 1);
  return rules.toSorted((a, b) => rank(a) - rank(b));
}

function quantityLabel({ quantity }: Watched): string {
  return quantity.kind === 'quantile' ? `p${quantity.percent}` : quantity.kind;
}

function stateOf({ outcome, strict }: RuleResult): ThresholdView['state'] {
  if (outcome === 'passed') return 'held';
  if (!strict) return 'not held, not strict';
  return outcome === 'no data' ? 'no data' : 'broken';
}

function termView({ subject, operator, observed, limit, unit }: RuleTerm): TermView {
  const { label, unit: usual } = metricLabel(subject);
  return { label, operator, observed, limit, unit: unit ?? usual, marginPercent: marginOf(operator, observed, limit) };
}

function marginOf(operator: string, observed: number | undefined, limit: number | undefined): number | undefined {
  if (observed === undefined || limit === undefined || limit === 0 || !/[<>]/.test(operator)) return undefined;
  const over = ((observed - limit) / Math.abs(limit)) * 100;
  return operator.startsWith('<') ? -over : over;
}

function canBeShown({ of }: Watched, { groups, metrics }: ReportData): boolean {
  return of.kind === 'requests' ? groups.length > 0 : metrics.some(({ name }) => name === of.name);
}

function focusOf({ of, quantity, interval }: Watched): Focus {
  if (of.kind === 'metric') {
    return { chart: 'metric', selection: { kind: 'all' }, measure: undefined, metric: of.name, interval };
  }
  const chart =
    quantity.kind === 'error rate'
      ? 'errors'
      : quantity.kind === 'rate' || quantity.kind === 'count'
        ? 'rates'
        : 'latency';
  return { chart, selection: of.selection, measure: of.measure, metric: undefined, interval };
}
