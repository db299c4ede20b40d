import type { Diagnosis } from '../../../diagnose/index.ts';
import type { BesideBaseline } from '../../stored/index.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { thresholdViews } from '../aggregate/thresholds.ts';
import { banner } from './banner.ts';
import { documentOf } from './document.ts';
import { faultSection } from './fault-section.ts';
import { html, type Markup } from './markup.ts';
import { overview } from './overview.ts';
import { exploration, footer, sectionLinks } from './page-parts.ts';
import { setupSection } from './setup-section.ts';
import { storedSection } from './stored-section.ts';
import { systemSection } from './system-section.ts';
import { thresholdSection } from './threshold-table.ts';
import { verdictWords } from './verdict-words.ts';
import { whySection } from './why-section.ts';

/** The report of one run, why it is slow, and what changed since its baseline. */
export function runPage(run: PreparedRun, diagnosis: Diagnosis, beside?: BesideBaseline): string {
  const { record, data } = run;
  const thresholds = thresholdViews(record.verdict.rules, data);
  const words = verdictWords(record, thresholds);
  const hasData = data.groups.length > 0 || data.metrics.length > 0;
  const body = html`<a class="skip" href="#main">Skip to the report</a>
${banner(record, words)}
${sectionLinks(SECTIONS.filter(([id]) => (hasData || !EXPLORED.has(id)) && (run.system !== undefined || id !== 'watched') && (beside !== undefined || id !== 'baseline')))}
<main id="main" class="wrap">
${overview(run)}
${thresholdSection(thresholds)}
${whySection(diagnosis)}
${beside === undefined ? undefined : baselineSection(beside)}
${hasData ? exploration({ note: sourceNote(run) }) : nothingSent()}
${faultSection(run)}
${systemSection(run.system)}
${setupSection(run)}
</main>
${footer()}`;
  return documentOf({ title: `${words.title}: ${record.test.file}`, kind: 'run', body, runs: [data] });
}

function baselineSection({ baseline, outcome }: BesideBaseline): Markup {
  if ('comparison' in outcome) return storedSection(outcome.comparison, 'baseline', `Beside ${baseline}, advisory`);
  return html`<section id="baseline" aria-labelledby="baseline-title"><h2 id="baseline-title">Beside ${baseline}</h2><p class="callout">Not compared: ${outcome.why}</p></section>`;
}

function nothingSent(): Markup {
  return html`<section id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2><p class="empty">No request was recorded, so there is nothing to draw.</p></section>`;
}

function sourceNote({ data }: PreparedRun): Markup | undefined {
  if (data.source === 'samples') return undefined;
  return html`<p class="callout">This run has no samples: Artillery’s own HTTP engine writes none. Charts have one point for ten seconds, times end with the <strong>first byte</strong> and are whole milliseconds, and response times, requests under way and figures by journey are missing. With <code>engine: undici</code> they are all here.</p>`;
}

/** Sections that a run without any request does not have. */
const EXPLORED = new Set<string>(['endpoints', 'distribution', 'load', 'metrics']);

const SECTIONS = [
  ['overview', 'Overview'],
  ['thresholds', 'Thresholds'],
  ['why', 'Why'],
  ['baseline', 'Baseline'],
  ['timeline', 'Timeline'],
  ['endpoints', 'Endpoints'],
  ['distribution', 'Distribution'],
  ['load', 'Load'],
  ['metrics', 'Metrics'],
  ['errors', 'Errors'],
  ['watched', 'Watched'],
  ['setup', 'Configuration'],
] as const;
