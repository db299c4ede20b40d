import type { RuleResult, RuleTerm } from '../record/index.ts';
import { metricLabel } from './metric-label.ts';
import { formatQuantity } from './number-format.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Rule', align: 'left' },
  { title: 'Observed', align: 'right' },
  { title: 'Limit', align: 'right' },
  { title: 'Margin', align: 'right' },
];

const MARKS = { passed: 'ok', failed: 'BROKEN', 'no data': 'NO DATA', optional: 'not held' } as const;

/**
 * The rules of a run with what was observed: broken ones first, then in the order of the test. A condition of several
 * comparisons has a line for each.
 *
 * @param width of the terminal, in characters.
 */
export function ruleTable(rules: readonly RuleResult[], style: Style, width: number): string[] {
  const ordered = rules.toSorted((a, b) => rank(a) - rank(b));
  const rows = ordered.flatMap(rowsOf);
  const table = textTable(
    COLUMNS,
    rows.map(({ cells }) => cells),
    width - MARK_WIDTH,
  );
  return table.map((line, index) => {
    const row = rows[index - 1];
    if (row === undefined) return style.dim(`${' '.repeat(MARK_WIDTH)}${line}`);
    const mark = row.mark.padEnd(MARK_WIDTH - 2);
    return `  ${row.bad ? style.bad(mark) : row.mark === MARKS.optional ? style.warn(mark) : style.good(mark)}${line}`;
  });
}

const MARK_WIDTH = 12;

interface Row {
  readonly mark: string;
  readonly bad: boolean;
  readonly cells: readonly string[];
}

function rowsOf(rule: RuleResult): Row[] {
  const bad = rule.strict && rule.outcome !== 'passed';
  const mark = rule.strict || rule.outcome === 'passed' ? MARKS[rule.outcome] : MARKS.optional;
  const [only] = rule.terms;
  if (only !== undefined && rule.terms.length === 1) return [{ mark, bad, cells: cellsOf(only) }];
  const parts = rule.terms.map((term) => ({ mark: '', bad: false, cells: cellsOf(term, '  ') }));
  return [{ mark, bad, cells: [rule.rule, '', '', ''] }, ...parts];
}

function cellsOf(term: RuleTerm, indent = ''): string[] {
  const { label, unit: usual } = metricLabel(term.subject);
  const unit = term.unit ?? usual;
  const observed = term.observed === undefined ? 'no data' : formatQuantity(term.observed, unit);
  const limit = term.limit === undefined ? 'no data' : formatQuantity(term.limit, unit);
  return [`${indent}${label}`, observed, `${term.operator} ${limit}`, marginOf(term)];
}

/** How far the observation is from the limit, in per cent of the limit. */
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
