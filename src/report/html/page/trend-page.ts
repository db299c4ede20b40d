import type { TrendFindings } from '../../../gate/trend/index.ts';
import { formatNumber } from '../../number-format.ts';
import { changeLine, trendLines } from '../../trend/index.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { thresholdViews } from '../aggregate/thresholds.ts';
import { trendFigures } from '../aggregate/trend-row.ts';
import type { MarkedChange, TrendData, TrendRow } from '../shared/trend.ts';
import { dateOf } from './banner.ts';
import { documentOf } from './document.ts';
import { toneIcon } from './icons.ts';
import { html, type Markup } from './markup.ts';
import { footer } from './page-parts.ts';
import { verdictWords } from './verdict-words.ts';

/** What is shown of a run in a row of runs. */
export function trendRow(run: PreparedRun): TrendRow {
  const { title, tone } = verdictWords(run.record, thresholdViews(run.record.verdict.rules, run.data));
  return { ...trendFigures(run), verdict: title, tone };
}

/** Many runs in the order of time, with their verdicts and the changes that were found. */
export function trendPage(unordered: readonly TrendRow[], findings: TrendFindings): string {
  const rows = unordered.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const passed = rows.filter(({ tone }) => tone === 'good').length;
  const title = `${rows.length} runs`;
  const body = html`<a class="skip" href="#main">Skip to the report</a>
<header class="masthead tone-plain"><div class="wrap"><p class="eyebrow">Trend over ${rows.length} runs, ${dateOf(rows[0]?.startedAt ?? '')} to ${dateOf(rows.at(-1)?.startedAt ?? '')}</p>
<h1>${passed} of ${rows.length} passed</h1><p class="reason">${newest(rows)}</p></div></header>
<main id="main" class="wrap">
<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Changes</h2><ul>${trendLines(findings).map((line) => html`<li>${line}</li>`)}</ul></section>
<section id="trend" aria-labelledby="trend-title"><h2 id="trend-title">Trend</h2>${mixedNote(rows)}<div id="trend-charts"></div></section>
<section id="runs" aria-labelledby="runs-title"><h2 id="runs-title">Runs</h2>${tableOf(rows)}</section>
</main>
${footer()}`;
  const extra: TrendData = { rows, changes: marksOf(rows, findings) };
  return documentOf({ title, kind: 'trend', body, runs: [], extra });
}

/** Steps only: a drift has no place. */
function marksOf(rows: readonly TrendRow[], { changes }: TrendFindings): MarkedChange[] {
  return changes.flatMap((change): MarkedChange[] => {
    const { kind, target, metric, run } = change;
    const at = rows.findIndex(({ startedAt }) => startedAt === run.startedAt);
    if (kind !== 'step' || at < 0 || target.kind === 'custom metric') return [];
    const endpoint = target.kind === 'all requests' ? '' : target.name;
    return [{ at, endpoint, chart: metric === 'error rate' ? 'errors' : 'times', text: changeLine(change) }];
  });
}

function newest(rows: readonly TrendRow[]): string {
  const last = rows.at(-1);
  if (last === undefined) return '';
  const times = last.times === undefined ? 'no times' : `p95 ${formatNumber(last.times.p95)} ms`;
  return `The newest, ${last.name}: ${last.verdict.toLowerCase()}, ${formatNumber(last.requests)} requests, ${times}.`;
}

function mixedNote(rows: readonly TrendRow[]): Markup | undefined {
  if (new Set(rows.map(({ measure }) => measure)).size < 2) return undefined;
  return html`<p class="callout">Some of these runs measured times to the last byte, and some only to the first. The charts show both kinds; compare like with like.</p>`;
}

function tableOf(rows: readonly TrendRow[]): Markup {
  const cell = (value: number | undefined): string => (value === undefined ? '–' : formatNumber(value));
  const lines = rows.map(
    (row) =>
      html`<tr class="tone-${row.tone}"><th scope="row"><bdi>${row.name}</bdi><span class="note">${dateOf(row.startedAt)}</span></th><td class="state">${toneIcon(row.tone, 16)} ${row.verdict}</td><td><code>${row.commit ?? '–'}</code></td><td class="n">${formatNumber(row.requests)}</td><td class="n">${formatNumber(row.perSecond)}</td><td class="n">${row.errorShare === undefined ? '–' : `${formatNumber(row.errorShare * 100)} %`}</td><td class="n">${cell(row.times?.p50)}</td><td class="n">${cell(row.times?.p95)}</td><td class="n">${cell(row.times?.p99)}</td><td>${row.measure === 'response' ? 'last byte' : 'first byte'}</td></tr>`,
  );
  return html`<div class="scroll" role="region" aria-label="Table of runs" tabindex="0"><table><thead><tr><th scope="col">Run</th><th scope="col">Verdict</th><th scope="col">Commit</th><th scope="col" class="n">Requests</th><th scope="col" class="n">Per second</th><th scope="col" class="n">Errors</th><th scope="col" class="n">p50, ms</th><th scope="col" class="n">p95, ms</th><th scope="col" class="n">p99, ms</th><th scope="col">Times to</th></tr></thead><tbody>${lines}</tbody></table></div>`;
}
