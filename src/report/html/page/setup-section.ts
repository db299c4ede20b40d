import { stringify } from 'yaml';
import type { RunRecord } from '../../../record/index.ts';
import { formatDuration, formatNumber } from '../../number-format.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { elapsed } from '../shared/elapsed.ts';
import { html, type Markup } from './markup.ts';

/** What was asked for: the phases as the test has them, and the configuration that was in force, secrets left out. */
export function setupSection({ record, data }: PreparedRun): Markup {
  const { phases, ...rest } = record.configuration;
  const phaseRows = record.phases.map((phase, index) => {
    const span = data.phases[index] ?? { fromMs: 0, toMs: 0 };
    const { name: _name, ...plan } = phase.plan;
    return html`<tr><th scope="row"><bdi>${phase.name}</bdi></th><td class="n">${elapsed(span.fromMs)}</td><td class="n">${formatDuration(span.toMs - span.fromMs)}</td><td class="n">${formatNumber(phase.plannedUsers)}</td><td class="n">${formatNumber(phase.metrics.counters['vusers.created'] ?? 0)}</td><td><bdi>${planWords(plan)}</bdi></td></tr>`;
  });
  return html`<section id="setup" aria-labelledby="setup-title"><h2 id="setup-title">Plan and configuration</h2>
${phaseRows.length === 0 ? html`<p class="empty">No phase began.</p>` : html`<div class="scroll" role="region" aria-label="Phases" tabindex="0"><table><thead><tr><th scope="col">Phase</th><th scope="col" class="n">Began</th><th scope="col" class="n">Took</th><th scope="col" class="n">Users planned</th><th scope="col" class="n">Users started</th><th scope="col">As the test says it</th></tr></thead><tbody>${phaseRows}</tbody></table></div>`}
<details><summary>Phases as YAML</summary><pre tabindex="0"><code>${yamlOf({ phases: phases ?? record.phases.map(({ plan }) => plan) })}</code></pre></details>
<details><summary>Effective configuration</summary><pre tabindex="0"><code>${yamlOf(rest)}</code></pre></details>
${validityOf(record)}
</section>`;
}

function planWords(plan: Readonly<Record<string, unknown>>): string {
  return Object.entries(plan)
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}

function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 120 });
}

function validityOf({ validity }: RunRecord): Markup | undefined {
  if (validity === undefined) return undefined;
  const rows = validity.findings.map(
    ({ rule, outcome, text, advice }) =>
      html`<tr class="tone-${outcome === 'ok' ? 'good' : 'warn'}"><th scope="row">${rule}</th><td class="state">${outcome}</td><td>${text}${advice === undefined ? undefined : html`<span class="note">${advice}</span>`}</td></tr>`,
  );
  return html`<h3>Was the generator fast enough?</h3><div class="scroll" role="region" aria-label="Findings about the generator" tabindex="0"><table><thead><tr><th scope="col">What</th><th scope="col">Outcome</th><th scope="col">Finding</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
