import { html, type Markup } from './markup.ts';

/** Links to the sections of a page. */
export function sectionLinks(sections: readonly (readonly [id: string, title: string])[]): Markup {
  return html`<nav class="contents" aria-label="Sections"><ul class="wrap">${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

/** What stands around the places that the scripts fill. */
export interface ExplorationOptions {
  /** Above the charts. */
  readonly note: Markup | undefined;
  readonly beforeTimeline?: Markup;
  readonly isComparison?: boolean;
}

/** Where the scripts build what follows the interval: charts and tables. */
export function exploration({ note, beforeTimeline, isComparison = false }: ExplorationOptions): Markup {
  const tables = html`<section id="endpoints" aria-labelledby="endpoints-title"><h2 id="endpoints-title">Endpoints and journeys</h2><div id="endpoint-table"></div><div id="journey-table"></div></section>`;
  const metrics = html`<section id="metrics" aria-labelledby="metrics-title"><h2 id="metrics-title">Metrics of the test</h2><div id="metric-table"></div><div id="metric-lanes" class="pair"></div></section>`;
  return html`<div id="toolbar"></div>
${beforeTimeline}
<section id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2>${note}<div id="lanes"></div></section>
${isComparison ? undefined : tables}
<section id="distribution" aria-labelledby="distribution-title"><h2 id="distribution-title">Distribution</h2><div id="distribution-charts" class="pair"></div></section>
<section id="load" aria-labelledby="load-title"><h2 id="load-title">Time against load</h2><div id="load-chart"></div></section>
${isComparison ? undefined : metrics}`;
}

/** What the figures mean, for everybody who did not make them. */
export function footer(): Markup {
  return html`<footer class="wrap"><h2>How to read the figures</h2>
<p>Response time runs from the moment a request was <em>due</em>, whether or not it could be sent then, to the last byte of its answer, so that a system that stalls cannot hide the wait. It counts answered requests and those that timed out. Errors are requests without an answer and answers 5xx; 4xx are shown and are no errors. Percentiles of the whole run and of a whole phase are exact (Hyndman and Fan, type 7); of any other interval they are right to within 1 %. Apdex: 1 is content, 0 is not.</p>
<p>Drag across a chart to zoom; double-click, or press Escape, to see everything again. With the keyboard: Tab to a chart, arrow keys move the cursor, + and − zoom.</p>
<p class="muted">Made by Proving Ground. This file needs no network, and its policy lets it make no request.</p></footer>`;
}
