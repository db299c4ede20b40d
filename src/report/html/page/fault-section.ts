import type { RunRecord } from '../../../record/index.ts';
import { formatNumber } from '../../number-format.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import type { FaultExample } from '../aggregate/sample-faults.ts';
import { elapsed } from '../shared/elapsed.ts';
import type { ReportData } from '../shared/report-data.ts';
import { html, type Markup } from './markup.ts';

/** What went wrong, with examples; the counts by kind follow the interval and are filled in by the page itself. */
export function faultSection({ record, data, examples }: PreparedRun): Markup {
  const checks = checkErrors(record);
  const nothing = data.faultKinds.length === 0 && checks.length === 0;
  return html`<section id="errors" aria-labelledby="errors-title"><h2 id="errors-title">Errors</h2>
${nothing ? html`<p class="empty">${nothingWords(data)}</p>` : undefined}
<div id="error-table"></div>
${checks.length === 0 ? undefined : html`<h3>Errors as Artillery and the journeys count them</h3>${countTable(checks)}`}
${examples.length === 0 ? undefined : exampleTable(examples, data)}
</section>`;
}

function exampleTable(examples: readonly FaultExample[], data: ReportData): Markup {
  return html`<h3>Examples</h3><p class="hint">The first few of each kind, and what the server or the client said: the beginning of the answer, or the text of the error. Headers and what was sent are left out, and secrets that are known are replaced.</p>
<div class="scroll" role="region" aria-label="Examples of errors" tabindex="0"><table class="examples"><thead><tr><th scope="col">Error</th><th scope="col">Request</th><th scope="col">When</th><th scope="col" class="n">After, ms</th><th scope="col">What was said</th></tr></thead><tbody>
${examples.map((example, index) => exampleRow(example, example.kind !== examples[index - 1]?.kind, data))}
</tbody></table></div>`;
}

/** @param isFirst of its kind: the others do not repeat its name for the eye. */
function exampleRow(example: FaultExample, isFirst: boolean, { startMs, phases }: ReportData): Markup {
  const { kind, endpoint, journey, atMs, afterMs, said } = example;
  const phase = phases.find(({ fromMs, toMs }) => fromMs <= atMs - startMs && atMs - startMs < toMs);
  return html`<tr class="${isFirst ? 'first' : 'again'}"><th scope="row"><bdi>${kind}</bdi></th><td>${endpoint === undefined ? 'between requests' : html`<bdi>${endpoint}</bdi>`}${note(journey)}</td><td>${elapsed(atMs - startMs)}${note(phase?.name)}</td><td class="n">${afterMs === undefined ? '' : formatNumber(afterMs)}</td><td class="said">${said === undefined ? html`<span class="muted">nothing</span>` : html`<code><bdi>${said}</bdi></code>`}</td></tr>`;
}

function note(text: string | undefined): Markup | undefined {
  return text === undefined ? undefined : html`<span class="note"><bdi>${text}</bdi></span>`;
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
