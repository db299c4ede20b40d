import { formatNumber } from '../../number-format.ts';
import {
  change,
  commonMeasure,
  type Difference,
  differencesOf,
  errorShare,
  type Judgement,
} from '../shared/difference.ts';
import { selectionLabel } from '../shared/select.ts';
import { numberCell, percentCell, textCell } from './cells.ts';
import { createDataTable } from './data-table.ts';
import type { Panel } from './panels.ts';
import { runMark, type State } from './state.ts';
import type { Cell, TableColumn } from './table-content.ts';

const TIMES = ['p50', 'p95', 'p99'] as const;

/** What the second run did differently, in the interval that is looked at. */
export function differenceTable(state: State, judgements: readonly Judgement[]): Panel {
  const table = createDataTable('Differences by endpoint');
  const update = (): void => {
    const [before, after] = state.runs;
    if (before === undefined || after === undefined) return;
    const measure = commonMeasure(before, after);
    const rows = differencesOf(before, after, state.view().interval).map((difference) => ({
      isTotal: difference.selection.kind === 'all',
      cells: cellsOf(difference, measure, judgements),
    }));
    const what = measure === 'response' ? 'Response times' : 'Times to the first byte';
    table.show(columns(), rows, `${what} in ms. ${advice(judgements)}`);
  };
  return { root: table.root, update };
}

function advice(judgements: readonly Judgement[]): string {
  return judgements.length > 0
    ? ''
    : 'Advisory: two runs of the same system differ, too, and nothing here says by how much.';
}

function columns(): TableColumn[] {
  const pair = (group: string, unit: string): TableColumn[] => [
    { title: runMark(0), group, unit, isNumber: true },
    { title: runMark(1), group, unit, isNumber: true },
  ];
  return [
    { title: 'Endpoint', isNumber: false },
    ...pair('Requests', ''),
    ...pair('Errors', '%'),
    ...TIMES.flatMap((name) => [...pair(name, 'ms'), { title: 'change', group: name, unit: '%', isNumber: true }]),
    { title: 'Judgement', isNumber: false },
  ];
}

function cellsOf(
  { selection, before, after }: Difference,
  measure: 'response' | 'firstByte',
  judgements: readonly Judgement[],
): Cell[] {
  const endpoint = selection.kind === 'endpoint' ? selection.name : undefined;
  const judgement = judgements.find((each) => each.endpoint === endpoint);
  return [
    textCell(selection.kind === 'all' ? 'All' : selectionLabel(selection)),
    numberCell(before.requests),
    numberCell(after.requests),
    percentCell(errorShare(before)),
    percentCell(errorShare(after)),
    ...TIMES.flatMap((name) => {
      const [was, is] = [before[measure]?.[name], after[measure]?.[name]];
      return [numberCell(was), numberCell(is), changeCell(change(was, is))];
    }),
    textCell(judgement?.text ?? 'advisory'),
  ];
}

/** Changes smaller than this are no news. */
const NOTABLE = 0.05;

function changeCell(share: number | undefined): Cell {
  if (share === undefined) return { text: '–', value: undefined };
  const percent = share * 100;
  const text = Math.abs(percent) < 0.05 ? '0 %' : `${percent > 0 ? '+' : '−'}${formatNumber(Math.abs(percent))} %`;
  return { text, value: percent, tone: Math.abs(share) < NOTABLE ? undefined : share > 0 ? 'worse' : 'better' };
}
