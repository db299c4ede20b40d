import type { Plan } from '../../workload/plan/index.ts';
import { section, staticPage, tableSection } from '../static-page.ts';
import { plannedEndpointTable, type TextTable } from './endpoint-table.ts';
import { headlines } from './headline.ts';
import { escapeMarkup } from './markup.ts';
import { phaseSentence } from './phase-sentence.ts';
import { svgElement } from './plan-svg.ts';
import { groundsOf, journeyTable, titleOf } from './plan-text.ts';
import { sayAbout, sayMoment } from './wording.ts';

/** The whole plan as one page that needs no network and no script. */
export function planHtml(plan: Plan): string {
  const lines = headlines(plan).map((line) => `<li>${escapeMarkup(line)}</li>`);
  return staticPage(
    `Plan of ${plan.test.file}`,
    `<h1>${escapeMarkup(titleOf(plan))}</h1>
<ul>${lines.join('')}</ul>
<div class="chart">
${svgElement(plan)}
</div>
${tableSection('What each phase does', phaseTable(plan))}
${plan.journeys.length < 2 ? '' : tableSection('Who arrives', journeyTable(plan))}
${plan.endpoints.length === 0 ? '' : tableSection('What is sent', plannedEndpointTable(plan))}
${section('What this rests on', `<ul class="grounds">${groundsOf(plan).map(listItem).join('')}</ul>`)}`,
  );
}

function phaseTable(plan: Plan): TextTable {
  return {
    columns: [
      { title: 'Phase', align: 'left' },
      { title: 'Begins', align: 'right' },
      { title: 'What happens', align: 'left' },
      { title: 'Requests', align: 'right' },
      { title: 'At work, at most', align: 'right' },
    ],
    rows: plan.phases.map((phase) => [
      phase.name,
      sayMoment(phase.startMs),
      phaseSentence(phase),
      sayAbout(phase.expectedRequests),
      sayAbout(phase.peakConcurrency),
    ]),
  };
}

function listItem(text: string): string {
  return `<li>${escapeMarkup(text)}</li>`;
}
