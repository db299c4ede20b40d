import { type CommandName, workflowCommand } from '../../src/report/machine/workflow-command.ts';
import type { GateResult, GateRow, MarginPosition } from './gate-result.ts';
import { changeWords, intervalWords, marginWords } from './gate-words.ts';

/** GitHub shows no more than ten annotations of a kind for a step. */
const MOST_ANNOTATIONS = 10;

/**
 * One annotation for each line of the comparison that kept the gate from passing, at the margin in the YAML that it broke:
 * errors for what regressed, warnings for what stayed open. Worst first; ten of a kind at most, and when there are more, the last one counts them.
 */
export function gateAnnotations({ rows, marginPositions, answer }: GateResult): string[] {
  const gating = rows.filter(({ isGating }) => isGating);
  const regressed = gating.filter((row) => row.answer === 'regressed').toSorted((a, b) => excessOf(b) - excessOf(a));
  const open = gating.filter((row) => row.answer === 'inconclusive' && row.mustConclude);
  return [
    ...annotationsOf('error', regressed, marginPositions),
    ...(answer === 'inconclusive' ? annotationsOf('warning', open, marginPositions) : []),
  ];
}

/** How many margins it is worse by. */
function excessOf({ change, margin }: GateRow): number {
  return Math.abs(change) / margin;
}

function annotationsOf(name: CommandName, rows: readonly GateRow[], positions: readonly MarginPosition[]): string[] {
  const fits = rows.length <= MOST_ANNOTATIONS;
  const shown = rows.slice(0, fits ? MOST_ANNOTATIONS : MOST_ANNOTATIONS - 1).map((row) => {
    const title = `${row.target.name}: ${row.metric}${row.answer === 'regressed' ? ' regressed' : ' is open'}`;
    return workflowCommand(name, { ...placeOf(row, positions), title }, textOf(row));
  });
  if (fits) return shown;
  const rest = `${rows.length - shown.length} more are in the summary of the job and in the report`;
  return [...shown, workflowCommand(name, { title: 'More of this kind' }, rest)];
}

function textOf(row: GateRow): string {
  const what = `${row.metric} of "${row.target.name}" changed by ${changeWords(row)}, ${intervalWords(row)}`;
  return row.answer === 'regressed'
    ? `${what}; the margin is ${marginWords(row)}`
    : `${what}; a change of the margin (${marginWords(row)}) is not ruled out`;
}

/** The margin of this target before the one of all targets; the last of several, as the gate reads them. */
function placeOf(row: GateRow, positions: readonly MarginPosition[]): Record<string, string> {
  const found =
    positions.findLast(({ metric, target }) => metric === row.metric && isOf(row, target)) ??
    positions.findLast(({ metric, target }) => metric === row.metric && target === undefined);
  if (found === undefined) return {};
  const { file, line, column } = found.position;
  return { file, line: String(line), col: String(column) };
}

function isOf(row: GateRow, target: MarginPosition['target']): boolean {
  return target?.kind === row.target.kind && target.name === row.target.name;
}
