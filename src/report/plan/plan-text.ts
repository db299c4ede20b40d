import type { Plan, PlannedPhase } from '../../workload/plan/index.ts';
import { formatNumber } from '../number-format.ts';
import type { Style } from '../style.ts';
import { type Column, textTable } from '../text-table.ts';
import { plannedEndpointTable, type TextTable } from './endpoint-table.ts';
import { chanceText, headlines, requestsText, sessionText, usersText } from './headline.ts';
import { phaseSentence } from './phase-sentence.ts';
import { arrivalsChart, concurrencyChart } from './terminal-charts.ts';
import { oneLine, sayAbout, sayDuration, sayMoment, sayPercent, wrapText } from './wording.ts';

/** Where a plan is printed. */
export interface PlanTextOptions {
  readonly style: Style;
  /** Characters per line, 40 or more; not more than 80 are used. */
  readonly width: number;
}

const MOST_COLUMNS = 80;

/** The whole plan for a terminal or a file. */
export function planText(plan: Plan, { style, width }: PlanTextOptions): string {
  const columns = Math.min(MOST_COLUMNS, width);
  const chart = { style, width: columns, rows: 4 };
  const sections = [
    [style.bold(titleOf(plan)), ...headlines(plan).flatMap((line) => indented(line, columns, '  '))],
    [style.bold('New users per second'), ...arrivalsChart(plan, chart)],
    [style.bold('Users at work at the same time'), ...concurrencyChart(plan, chart)],
    [style.bold('What each phase does'), ...plan.phases.flatMap((phase) => phaseLines(phase, style, columns))],
    plan.journeys.length < 2 ? [] : tableLines('Who arrives', journeyTable(plan), { style, width: columns }),
    plan.endpoints.length === 0
      ? []
      : tableLines('What is sent', plannedEndpointTable(plan), { style, width: columns }),
    [style.bold('What this rests on'), ...groundsOf(plan).flatMap((text) => indented(text, columns, '  - '))],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The plan in a few lines, for the start of a run. */
export function planBrief(plan: Plan, { style, width }: PlanTextOptions): string {
  const columns = Math.min(MOST_COLUMNS, width);
  const [, , atOnce = ''] = headlines(plan);
  const summary = `Plan: ${sayDuration(plan.durationMs)}, ${usersText(plan)}, ${requestsText(plan)};`;
  const chart = arrivalsChart(plan, { style, width: columns, rows: 2 }).slice(0, -1);
  return [...wrapText(`${summary} ${atOnce}`, columns), ...chart].join('\n');
}

/** The test with its environment and target. */
export function titleOf({ test }: Plan): string {
  const environment = test.environment === undefined ? '' : ` (${oneLine(test.environment)})`;
  const target = test.target === undefined ? '' : ` against ${oneLine(test.target)}`;
  return `${test.file}${environment}${target}`;
}

function phaseLines(phase: PlannedPhase, style: Style, columns: number): string[] {
  const { index, name, startMs, durationMs, expectedRequests, peakConcurrency } = phase;
  const span = style.dim(`${sayMoment(startMs)} to ${sayMoment(startMs + durationMs)}`);
  const effect = `About ${sayAbout(expectedRequests)} requests; up to ${sayAbout(peakConcurrency)} at work.`;
  return [
    `  ${index + 1} ${oneLine(name)}  ${span}`,
    ...indented(`${phaseSentence(phase)} ${effect}`, columns, '    '),
  ];
}

/** The journeys of a plan with their shares. How long each stays is shown where it is known for each. */
export function journeyTable({ journeys, session }: Plan): TextTable {
  const isByJourney = session.source === 'yaml' || session.source === 'assumed';
  const stays: readonly Column[] = isByJourney ? [{ title: 'Stays', align: 'right' }] : [];
  return {
    columns: [
      { title: 'Journey', align: 'left' },
      { title: 'Share', align: 'right' },
      { title: 'Users', align: 'right' },
      { title: 'Requests each', align: 'right' },
      ...stays,
    ],
    rows: journeys.map(({ name, share, users, requestsPerUser, sessionMs }) => {
      const cells = [oneLine(name), sayPercent(share), sayAbout(users), formatNumber(requestsPerUser)];
      return isByJourney ? [...cells, sayDuration(sessionMs)] : cells;
    }),
  };
}

function tableLines(title: string, { columns, rows }: TextTable, { style, width }: PlanTextOptions): string[] {
  const [titles = '', ...lines] = textTable(columns, rows, width - 2);
  return [style.bold(title), style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
}

/** Everything that the numbers depend on, in sentences. */
export function groundsOf(plan: Plan): string[] {
  const workers = plan.workers === 1 ? 'one worker' : `${plan.workers} workers`;
  return [
    sessionText(plan),
    ...plan.notes.map(({ text }) => oneLine(text)),
    ...[chanceText(plan)].filter((text) => text !== undefined),
    `${startedText(plan)} on ${workers}; it uses one fewer than a machine has processors.`,
  ];
}

function startedText({ startedBy }: Plan): string {
  return startedBy === 'undici'
    ? 'The undici engine starts each user at its time, without rounding, and Artillery runs it'
    : 'Users are counted as Artillery rounds them';
}

function indented(text: string, columns: number, first: string): string[] {
  const lines = wrapText(text, columns - first.length);
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`);
}
