import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { escapeMarkup } from '../plan/markup.ts';
import { MARK_COLOURS, section, staticPage, tableSection } from '../static-page.ts';
import { capacityChart } from './capacity-chart.ts';
import { capacityFacts, capacityHeadline, TRIAL_COLUMNS, trialRows } from './capacity-lines.ts';

/** A search as one page that needs no network and no script. */
export function capacityHtml(record: CapacityRecord): string {
  const { system, test, startedAt, seed, environment } = record;
  const facts = [
    ...capacityFacts(record).map(({ name, text }) => `${name}: ${text}`),
    `${test.file} on ${system.label}`,
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, seed ${seed}; ${environment.cpus} cores of ${environment.cpuModel}, Node ${environment.node}`,
  ];
  return staticPage(
    `Capacity of ${system.label}`,
    [
      MARK_COLOURS,
      `<h1>${escapeMarkup(capacityHeadline(record))}</h1>`,
      `<ul>${facts.map((text) => `<li>${escapeMarkup(text)}</li>`).join('')}</ul>`,
      `<div class="chart">${capacityChart(record)}</div>`,
      tableSection('All trials, by their rate', { columns: TRIAL_COLUMNS, rows: trialRows(record) }),
      section('The same search again', `<p><code>${escapeMarkup(record.replay)}</code></p>`),
    ].join('\n'),
  );
}
