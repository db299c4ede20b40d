import { numberCell, textCell } from './cells.ts';
import { createDataTable } from './data-table.ts';
import { meanOfSteps, quantilesOfSteps, sumOfSteps } from './metric-steps.ts';
import type { Panel } from './panels.ts';
import type { State } from './state.ts';
import type { TableColumn } from './table-content.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Metric', isNumber: false },
  { title: 'Kind', isNumber: false },
  { title: 'Unit', isNumber: false },
  { title: 'Count', isNumber: true },
  { title: 'Per second', isNumber: true },
  { title: 'mean', group: 'Values', isNumber: true },
  { title: 'p50', group: 'Values', isNumber: true },
  { title: 'p95', group: 'Values', isNumber: true },
  { title: 'p99', group: 'Values', isNumber: true },
  { title: 'max', group: 'Values', isNumber: true },
];

/** Every metric of the test in the interval. */
export function metricTable(state: State): Panel {
  const table = createDataTable('By metric');
  const update = (): void => {
    const { interval } = state.view();
    const seconds = (interval.toMs - interval.fromMs) / 1000;
    const rows = (state.runs.at(-1)?.metrics ?? []).map((metric) => {
      const count = sumOfSteps(metric, interval);
      const { p50, p95, p99, max } = quantilesOfSteps(metric, interval) ?? {};
      return {
        cells: [
          textCell(metric.name),
          textCell(metric.kind),
          textCell(metric.unit),
          numberCell(count),
          numberCell(Number((count / seconds).toPrecision(6))),
          ...[meanOfSteps(metric, interval), p50, p95, p99, max].map(numberCell),
        ],
      };
    });
    table.show(COLUMNS, rows, 'Of the interval, to the nearest ten seconds; percentiles to within 1 %.');
  };
  return { root: table.root, update };
}
