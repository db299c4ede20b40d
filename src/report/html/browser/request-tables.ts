import { figuresOf, type KnownFigures } from '../shared/figures.ts';
import type { Interval } from '../shared/interval.ts';
import type { MetricSeries, Quantiles, ReportData } from '../shared/report-data.ts';
import { type Selection, selectGroups } from '../shared/select.ts';
import { quantileSeries } from '../shared/series.ts';
import { bytesCell, numberCell, percentCell, textCell } from './cells.ts';
import { createDataTable } from './data-table.ts';
import { element } from './dom.ts';
import { quantilesOfSteps, sumOfSteps } from './metric-steps.ts';
import type { Panel } from './panels.ts';
import { sparkline } from './sparkline.ts';
import type { State } from './state.ts';
import type { Cell, TableColumn, TableRow } from './table-content.ts';
import { timePoints } from './time-points.ts';

const TIME_COLUMNS = ['p50', 'p90', 'p95', 'p99', 'max'] as const;

/** Figures by endpoint or by journey, of the interval or of each phase. */
export function requestTable(kind: 'endpoint' | 'journey', state: State): Panel {
  const title = kind === 'endpoint' ? 'By endpoint' : 'By journey';
  const table = createDataTable(title);
  const split = element('input', { type: 'checkbox' });
  table.controls.insertBefore(
    element('label', { class: 'check' }, split, 'One row for each phase'),
    table.controls.lastChild,
  );
  const update = (): void => {
    const run = state.runs.at(-1);
    if (run === undefined) return;
    const selections = selectionsOf(run, kind);
    const spans = split.checked ? run.phases : [{ name: '', ...state.view().interval }];
    const rows = selections.flatMap((selection) =>
      spans.map((span) => ({ selection, span, known: figuresOf(run, selection, span) })),
    );
    const columns = columnsOf(run, kind, split.checked);
    const isExact = rows.every(({ known }) => known.isExact);
    const empty = selections.length < 2 ? [] : rows.filter(({ known }) => known.figures.requests > 0 || !split.checked);
    table.show(
      columns,
      empty.map(({ selection, span, known }) => rowOf({ run, state, kind, selection, span, known }, split.checked)),
      isExact ? 'Exact figures.' : 'Of the zoomed interval; percentiles to within 1 %.',
    );
  };
  split.addEventListener('change', update);
  return { root: table.root, update };
}

function selectionsOf(run: ReportData, kind: 'endpoint' | 'journey'): Selection[] {
  const names = kind === 'endpoint' ? run.endpoints : journeyNames(run);
  return names.length === 0 ? [] : [{ kind: 'all' }, ...names.map((name): Selection => ({ kind, name }))];
}

const STARTED = 'vusers.created_by_name.';

function journeyNames({ journeys, journeyMetrics }: ReportData): string[] {
  const started = journeyMetrics.flatMap(({ name }) => (name.startsWith(STARTED) ? [name.slice(STARTED.length)] : []));
  return [...new Set([...journeys, ...started])];
}

function columnsOf(run: ReportData, kind: 'endpoint' | 'journey', isSplit: boolean): TableColumn[] {
  const number = (title: string, group?: string, unit?: string): TableColumn => ({
    title,
    isNumber: true,
    ...(group === undefined ? {} : { group }),
    ...(unit === undefined ? {} : { unit }),
  });
  const hasSamples = run.source === 'samples';
  const times = (group: string, names: readonly string[]): TableColumn[] =>
    names.map((name) => number(name, group, 'ms'));
  return [
    { title: kind === 'endpoint' ? 'Endpoint' : 'Journey', isNumber: false },
    ...(isSplit ? [{ title: 'Phase', isNumber: false }] : []),
    ...(kind === 'journey'
      ? [
          number('started', 'Users'),
          number('finished', 'Users'),
          number('lost', 'Users'),
          ...times('Journey time, ms', ['p50', 'p95']),
        ]
      : []),
    ...(kind === 'journey' && !hasSamples
      ? []
      : [
          number('Requests'),
          number('Rate', undefined, 'per second'),
          number('Errors'),
          number('Share', undefined, '%'),
          number('4xx'),
          ...times('First byte, ms', hasSamples ? ['p50', 'p95'] : TIME_COLUMNS),
          ...(hasSamples ? times('Response time, ms', TIME_COLUMNS) : []),
          ...(hasSamples ? [number('Apdex'), number('Received', undefined, 'bytes')] : []),
          { title: 'p95 over time', isNumber: false, isDrawing: true },
        ]),
  ];
}

interface RowSource {
  readonly run: ReportData;
  readonly state: State;
  readonly kind: 'endpoint' | 'journey';
  readonly selection: Selection;
  readonly span: Interval & { readonly name: string };
  readonly known: KnownFigures;
}

function rowOf(source: RowSource, isSplit: boolean): TableRow {
  const { run, kind, selection, span, known } = source;
  const { figures } = known;
  const seconds = Math.max(0.001, (span.toMs - span.fromMs) / 1000);
  const hasSamples = run.source === 'samples';
  const name = selection.kind === 'all' ? 'All' : selection.name;
  const cells = [
    textCell(name),
    ...(isSplit ? [textCell(span.name)] : []),
    ...(kind === 'journey' ? userCells(run, selection, span) : []),
    ...(kind === 'journey' && !hasSamples
      ? []
      : [
          numberCell(figures.requests),
          numberCell(Number((figures.requests / seconds).toPrecision(6))),
          numberCell(figures.errors),
          percentCell(figures.requests === 0 ? undefined : figures.errors / figures.requests),
          numberCell(figures.refused),
          ...timeCells(figures.firstByte, hasSamples ? ['p50', 'p95'] : TIME_COLUMNS),
          ...(hasSamples ? timeCells(figures.response, TIME_COLUMNS) : []),
          ...(hasSamples ? [apdexCell(figures.apdex), bytesCell(figures.bytesDown)] : []),
          sparkCell(source),
        ]),
  ];
  return { cells, isTotal: selection.kind === 'all' };
}

function timeCells(times: Quantiles | undefined, names: readonly (typeof TIME_COLUMNS)[number][]): Cell[] {
  return names.map((name) => numberCell(times?.[name]));
}

function apdexCell(apdex: number | undefined): Cell {
  return { text: apdex === undefined ? '–' : apdex.toFixed(2), value: apdex };
}

const SPARK_POINTS = 48;

function sparkCell({ run, state, selection, span }: RowSource): Cell {
  const points = timePoints(state, span, SPARK_POINTS).of(run);
  const measure = run.source === 'samples' ? 'response' : 'firstByte';
  const [values = []] = quantileSeries(selectGroups(run, selection), measure, [0.95], points);
  return { text: '', value: undefined, node: sparkline(values) };
}

function userCells({ journeyMetrics }: ReportData, selection: Selection, span: Interval): Cell[] {
  const find = (name: string): MetricSeries | undefined => journeyMetrics.find((metric) => metric.name === name);
  if (selection.kind === 'all') {
    const sum = (test: RegExp): Cell =>
      numberCell(
        journeyMetrics
          .filter(({ name }) => test.test(name))
          .reduce((total, metric) => total + sumOfSteps(metric, span), 0),
      );
    return [
      sum(/^vusers\.created_by_name\./),
      sum(/^journeys\..*\.completed$/),
      sum(/^journeys\..*\.failed$/),
      numberCell(undefined),
      numberCell(undefined),
    ];
  }
  const count = (name: string): Cell => {
    const metric = find(name);
    return numberCell(metric === undefined ? 0 : sumOfSteps(metric, span));
  };
  const time = find(`journeys.${selection.name}.time`);
  return [
    count(`${STARTED}${selection.name}`),
    count(`journeys.${selection.name}.completed`),
    count(`journeys.${selection.name}.failed`),
    ...timeCells(time && quantilesOfSteps(time, span), ['p50', 'p95']),
  ];
}
