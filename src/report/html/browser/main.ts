import type { Judgement } from '../shared/difference.ts';
import { copyText } from './csv.ts';
import { differenceTable } from './difference-table.ts';
import { byId, element } from './dom.ts';
import { embeddedData } from './embedded-data.ts';
import { errorTable } from './error-table.ts';
import { followFocusLinks } from './focus.ts';
import { heatLane } from './heat-lane.ts';
import { histogramChart } from './histogram-chart.ts';
import type { LaneDefinition } from './lane.ts';
import { loadChart } from './load-chart.ts';
import { metricLane } from './metric-lanes.ts';
import { metricTable } from './metric-table.ts';
import { keepUpToDate, type Panel } from './panels.ts';
import { percentileChart } from './percentile-chart.ts';
import { extraLane, requestLanes } from './request-lanes.ts';
import { requestTable } from './request-tables.ts';
import { showScrollHints } from './scroll-hints.ts';
import { createState, type State } from './state.ts';
import { timeLane } from './time-lane.ts';
import { toolbar } from './toolbar.ts';
import { trendCharts } from './trend-charts.ts';

/** Brings the page to life. */
async function start(): Promise<void> {
  bringCopyButtons();
  const { runs, extra } = await embeddedData();
  if (document.body.dataset.page === 'trend') {
    trendCharts(extra);
  } else {
    explore(createState(runs), judgementsIn(extra));
  }
  showScrollHints();
}

function judgementsIn(extra: unknown): readonly Judgement[] {
  // The page and its data are written together.
  return (extra as { readonly judgements?: readonly Judgement[] } | null)?.judgements ?? [];
}

function explore(state: State, judgements: readonly Judgement[]): void {
  const charts = new Map<string, Panel>();
  const lane = (definition: LaneDefinition): Panel => {
    const panel = timeLane(definition, state);
    charts.set(definition.id, panel);
    return panel;
  };
  const requests = requestLanes(state.runs.length > 1);
  const lanes = uniqueLanes(state);
  const extra = (group: 'system' | 'generator', system?: string): LaneDefinition[] =>
    lanes
      .filter((each) => each.group === group && each.system === system)
      .map(({ id, title, unit }) => extraLane(id, title, unit));
  const systems = [...new Set(lanes.flatMap(({ system }) => system ?? []))];
  const panels = [
    ...place('difference-table', [differenceTable(state, judgements)]),
    ...place('lanes', [
      ...requests.load.map(lane),
      lane(requests.times),
      heatLane(state),
      ...requests.rest.map(lane),
      ...systems.flatMap((system) => titled(`System under test: ${system}`, extra('system', system).map(lane))),
      ...titled('Generator of the load', [...requests.generator, ...extra('generator')].map(lane)),
    ]),
    ...place('endpoint-table', [requestTable('endpoint', state)]),
    ...place('journey-table', [requestTable('journey', state)]),
    ...place('distribution-charts', [percentileChart(state), histogramChart(state)]),
    ...place('load-chart', [loadChart(state)]),
    ...place('metric-table', [metricTable(state)]),
    ...place(
      'metric-lanes',
      (state.runs.at(-1)?.metrics ?? []).map((metric) => lane(metricLane(metric))),
    ),
    ...place('error-table', [errorTable(state)]),
  ];
  byId('toolbar')?.append(toolbar(state));
  keepUpToDate(panels, state);
  followFocusLinks(state, ({ chart, metric }) => charts.get(chart === 'metric' ? `metric ${metric}` : chart)?.root);
}

function uniqueLanes({ runs }: State): State['runs'][number]['lanes'] {
  return [...new Map(runs.flatMap(({ lanes }) => lanes.map((lane) => [lane.id, lane] as const))).values()];
}

/** Panels under a heading of their own, if there are any. */
function titled(title: string, panels: readonly Panel[]): Panel[] {
  if (panels.length === 0) return [];
  const heading = element('h3', { class: 'group-title' }, title);
  const update = (): void => {
    heading.hidden = panels.every(({ root }) => root.hidden);
  };
  return [{ root: heading, update }, ...panels];
}

/** Puts panels where the page has a place for them. */
function place(id: string, panels: readonly Panel[]): readonly Panel[] {
  const target = byId(id);
  if (target === undefined) return [];
  target.append(...panels.map(({ root }) => root));
  return panels;
}

function bringCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      void copyText(byId(button.dataset.copy ?? '')?.textContent ?? '', button);
    });
  }
}

void start();
