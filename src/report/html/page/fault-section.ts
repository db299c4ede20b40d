import type { RunRecord } from '../../../record/index.ts';
import { formatNumber } from '../../number-format.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { elapsed } from '../shared/elapsed.ts';
import { html, type Markup } from './markup.ts';

/** What went wrong, with examples; the counts by kind follow the interval and are filled in by the page itself. */
export function faultSection({ record, data, examples }: PreparedRun): Markup {
  const checks = checkErrors(record);
  const nothing = data.faultKinds.length === 0 && checks.length === 0;
  return html`<section id="errors" aria-labelledby="errors-title"><h2 id="errors-title">Errors</h2>
${nothing ? html`<p class="empty">${nothingWords(data)}</p>` : undefined}
<div id="error-table"></div>
${checks.length === 0 ? undefined : html`<h3>Errors as Artillery and the journeys count them</h3>${countTable(checks)}`}
${
  examples.length === 0
    ? undefined
    : html`<h3>Examples</h3><p class="hint">The first of each kind. Bodies, headers and addresses are left out, since they may hold secrets.</p>
<div class="scroll" role="region" aria-label="Examples of errors" tabindex="0"><table><thead><tr><th scope="col">Error</th><th scope="col">Request</th><th scope="col">Journey</th><th scope="col" class="n">Due at</th><th scope="col" class="n">After, ms</th></tr></thead><tbody>
${examples.map((example) => html`<tr><th scope="row"><bdi>${data.faultKinds[example.kind]?.name ?? ''}</bdi></th><td><bdi>${example.endpoint}</bdi></td><td><bdi>${example.journey ?? ''}</bdi></td><td class="n">${elapsed(example.dueMs - data.startMs)}</td><td class="n">${formatNumber(example.afterMs)}</td></tr>`)}
</tbody></table></div>`
}
</section>`;
}

function nothingWords({ exact }: PreparedRun['data']): string {
  const requests = exact[0]?.rows.all?.requests ?? 0;
  if (requests === 0) return 'No request was sent, so none went wrong.';
  return 'Nothing went wrong: every request was answered, and no answer had a status from 400 on.';
}

function checkErrors({ metrics }: RunRecord): (readonly [name: string, count: number])[] {
  return Object.entries(metrics.counters)
    .flatMap(([name, count]) =>
      name.startsWith('errors.') && count > 0 ? [[name.slice('errors.'.length), count] as const] : [],
    )
    .toSorted(([, a], [, b]) => b - a);
}

/** A test can make as many texts as there are answers; the page shows those that matter. */
const MOST = 50;

function countTable(counts: readonly (readonly [string, number])[]): Markup {
  const rest = counts.length - MOST;
  return html`<table class="narrow"><thead><tr><th scope="col">Error</th><th scope="col" class="n">Times</th></tr></thead><tbody>
${counts.slice(0, MOST).map(([name, count]) => html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="n">${formatNumber(count)}</td></tr>`)}
</tbody></table>${rest > 0 ? html`<p class="hint">and ${rest} more kinds; run.json has all of them.</p>` : undefined}`;
}
