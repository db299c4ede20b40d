import type { RuleResult } from '../record/index.ts';
import { orderedRules, type RuleLine, ruleLines } from './rule-lines.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Rule', align: 'left' },
  { title: 'Observed', align: 'right' },
  { title: 'Limit', align: 'right' },
  { title: 'Margin', align: 'right' },
];

const MARK_WIDTH = 12;

/**
 * The rules of a run with what was observed: broken ones first, then in the order of the test. A condition of several
 * comparisons has a line for each.
 *
 * @param width of the terminal, in characters.
 */
export function ruleTable(rules: readonly RuleResult[], style: Style, width: number): string[] {
  const lines = orderedRules(rules).flatMap(ruleLines);
  const cells = lines.map(({ isPart, name, observed, limit, margin }) => [
    isPart ? `  ${name}` : name,
    observed,
    limit,
    margin,
  ]);
  return textTable(COLUMNS, cells, width - MARK_WIDTH).map((line, index) => {
    const rule = lines[index - 1];
    return rule === undefined ? style.dim(`${' '.repeat(MARK_WIDTH)}${line}`) : `  ${markOf(rule, style)}${line}`;
  });
}

function markOf({ mark, isBad }: RuleLine, style: Style): string {
  const text = mark.padEnd(MARK_WIDTH - 2);
  if (isBad) return style.bad(text);
  return mark === 'not held' ? style.warn(text) : style.good(text);
}
