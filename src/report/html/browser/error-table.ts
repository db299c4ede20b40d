import { binsOf } from '../shared/interval.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { numberCell, percentCell, textCell } from './cells.ts';
import { createDataTable } from './data-table.ts';
import type { Panel } from './panels.ts';
import type { State, View } from './state.ts';
import type { TableColumn } from './table-content.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Error or status', isNumber: false },
  { title: 'Endpoint', isNumber: false },
  { title: 'Counts as', isNumber: false },
  { title: 'Times', isNumber: true },
  { title: 'Share of its requests', unit: '%', isNumber: true },
];

/** What went wrong in the interval, by kind and endpoint. */
export function errorTable(state: State): Panel {
  const table = createDataTable('By kind and endpoint');
  const update = (): void => {
    const run = state.runs.at(-1);
    if (run === undefined) return;
    const rows = tally(run, state.view()).map(({ kind, endpoint, count, requests }) => ({
      cells: [
        textCell(run.faultKinds[kind]?.name ?? ''),
        textCell(run.endpoints[endpoint] ?? 'unnamed request'),
        textCell(run.faultKinds[kind]?.isError === true ? 'error' : 'refusal (4xx)'),
        numberCell(count),
        percentCell(requests === 0 ? undefined : count / requests),
      ],
    }));
    table.show(COLUMNS, rows, '');
  };
  return { root: table.root, update };
}

interface Tally {
  readonly kind: number;
  readonly endpoint: number;
  count: number;
  readonly requests: number;
}

function tally(run: ReportData, { interval, selection }: View): Tally[] {
  const { from, to } = binsOf(run, interval);
  const groups = selectGroups(run, selection);
  const requestsOf = (endpoint: number): number =>
    groups
      .filter((group) => group.endpoint === endpoint)
      .reduce((sum, { requests }) => sum + requests.subarray(from, to).reduce((a, b) => a + b, 0), 0);
  const found = new Map<string, Tally>();
  for (const { endpoint, faults } of groups) {
    for (const { kind, bins, counts } of faults) {
      const key = `${kind} ${endpoint}`;
      const entry = found.get(key) ?? { kind, endpoint, count: 0, requests: requestsOf(endpoint) };
      found.set(key, entry);
      bins.forEach((bin, index) => {
        if (bin >= from && bin < to) entry.count += counts[index] ?? 0;
      });
    }
  }
  return [...found.values()].filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
}
