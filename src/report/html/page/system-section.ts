import type { SystemRecord, SystemSeries } from '../../../record/system/index.ts';
import { formatNumber } from '../../number-format.ts';
import { html, type Markup } from './markup.ts';

/** What was looked at of the system under test, and every series that came of it. */
export function systemSection(system: SystemRecord | undefined): Markup | undefined {
  if (system === undefined) return undefined;
  const sources = system.sources.map(
    ({ system: name, kind, where, looks, missed, lookMs, warning }) =>
      html`<tr${warning === undefined ? undefined : html` class="tone-warn"`}><th scope="row"><bdi>${name}</bdi></th><td>${kind}</td><td><bdi>${where}</bdi>${warning === undefined ? undefined : html`<span class="note">${warning}</span>`}</td><td class="n">${formatNumber(looks)}</td><td class="n">${formatNumber(missed)}</td><td class="n">${lookMs === undefined ? 'none' : formatNumber(lookMs)}</td></tr>`,
  );
  return html`<section id="watched" aria-labelledby="watched-title"><h2 id="watched-title">What was watched</h2>
<div class="scroll" role="region" aria-label="Watched systems" tabindex="0"><table><thead><tr><th scope="col">System</th><th scope="col">By</th><th scope="col">Where</th><th scope="col" class="n">Looks</th><th scope="col" class="n">Missed</th><th scope="col" class="n">ms a look</th></tr></thead><tbody>${sources}</tbody></table></div>
<details><summary>All ${formatNumber(system.series.length)} series over the whole run; second by second in system.json</summary><div class="scroll" role="region" aria-label="Series of the watched systems" tabindex="0"><table><thead><tr><th scope="col">System</th><th scope="col">Metric</th><th scope="col">Labels</th><th scope="col">Figure</th><th scope="col">Unit</th><th scope="col" class="n">Least</th><th scope="col" class="n">Mean</th><th scope="col" class="n">Most</th></tr></thead><tbody>${system.series.map((series) => seriesRow(series, system.texts))}</tbody></table></div></details>
</section>`;
}

function seriesRow(
  { system, metric, labels, figure, unit, values }: SystemSeries,
  texts: SystemRecord['texts'],
): Markup {
  const known = values.filter((value) => value !== null);
  const sum = known.reduce((a, b) => a + b, 0);
  const [least, most] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const shown = Object.entries(labels).map(([label, value]) => `${label}: ${texts[value] ?? value}`);
  return html`<tr><th scope="row"><bdi>${system}</bdi></th><td><bdi>${metric}</bdi></td><td><bdi>${shown.join(', ')}</bdi></td><td>${figure}</td><td>${unit}</td><td class="n">${formatNumber(least)}</td><td class="n">${formatNumber(sum / known.length)}</td><td class="n">${formatNumber(most)}</td></tr>`;
}
