import type { PreparedRun } from '../aggregate/report-data.ts';
import { thresholdViews } from '../aggregate/thresholds.ts';
import { banner } from './banner.ts';
import { documentOf } from './document.ts';
import { faultSection } from './fault-section.ts';
import { html, type Markup } from './markup.ts';
import { overview } from './overview.ts';
import { setupSection } from './setup-section.ts';
import { thresholdSection } from './threshold-table.ts';
import { verdictWords } from './verdict-words.ts';

/** The report of one run. */
export function runPage(run: PreparedRun): string {
  const { record, data } = run;
  const thresholds = thresholdViews(record.verdict.rules, data);
  const words = verdictWords(record, thresholds);
  const body = html`<a class="skip" href="#main">Skip to the report</a>
${banner(record, words)}
${contents()}
<main id="main" class="wrap">
${overview(run)}
${thresholdSection(thresholds)}
${exploration(data.bins === 0 || data.groups.length === 0 ? nothingSent() : sourceNote(run))}
${faultSection(run)}
${setupSection(run)}
</main>
${footer()}`;
  return documentOf({ title: `${words.title}: ${record.test.file}`, kind: 'run', body, runs: [data] });
}

/** Where the scripts build what follows the interval: charts and tables. */
export function exploration(note: Markup | undefined): Markup {
  return html`<div id="toolbar"></div>
<section id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2>${note}<div id="lanes"></div></section>
<section id="endpoints" aria-labelledby="endpoints-title"><h2 id="endpoints-title">Endpoints and journeys</h2><div id="endpoint-table"></div><div id="journey-table"></div></section>
<section id="distribution" aria-labelledby="distribution-title"><h2 id="distribution-title">Distribution</h2><div id="distribution-charts" class="pair"></div></section>
<section id="load" aria-labelledby="load-title"><h2 id="load-title">Time against load</h2><div id="load-chart"></div></section>
<section id="metrics" aria-labelledby="metrics-title"><h2 id="metrics-title">Metrics of the test</h2><div id="metric-table"></div><div id="metric-lanes" class="pair"></div></section>`;
}

function nothingSent(): Markup {
  return html`<p class="empty">No request was recorded, so there is nothing to draw.</p>`;
}

function sourceNote({ data }: PreparedRun): Markup | undefined {
  if (data.source === 'samples') return undefined;
  return html`<p class="callout">This run has no samples: Artillery’s own HTTP engine writes none. Charts have one point for ten seconds, times end with the <strong>first byte</strong> and are whole milliseconds, and response times, requests under way and figures by journey are missing. With <code>engine: undici</code> they are all here.</p>`;
}

const SECTIONS = [
  ['overview', 'Overview'],
  ['thresholds', 'Thresholds'],
  ['timeline', 'Timeline'],
  ['endpoints', 'Endpoints'],
  ['distribution', 'Distribution'],
  ['load', 'Load'],
  ['metrics', 'Metrics'],
  ['errors', 'Errors'],
  ['setup', 'Configuration'],
] as const;

function contents(): Markup {
  return html`<nav class="contents" aria-label="Sections"><ul class="wrap">${SECTIONS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

/** What the figures mean, for everybody who did not make them. */
export function footer(): Markup {
  return html`<footer class="wrap"><h2>How to read the figures</h2>
<p>Response time runs from the moment a request was <em>due</em>, whether or not it could be sent then, to the last byte of its answer, so that a system that stalls cannot hide the wait. It counts answered requests and those that timed out. Errors are requests without an answer and answers 5xx; 4xx are shown and are no errors. Percentiles of the whole run and of a whole phase are exact (Hyndman and Fan, type 7); of any other interval they are right to within 1 %. Apdex: 1 is content, 0 is not.</p>
<p>Drag across a chart to zoom; double-click, or press Escape, to see everything again. With the keyboard: Tab to a chart, arrow keys move the cursor, + and − zoom.</p>
<p class="muted">Made by Proving Ground from run.json and samples.arrow. This file needs no network, and its policy lets it make no request.</p></footer>`;
}
