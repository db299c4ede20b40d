import type { StoredComparison } from '../../../gate/regression/index.ts';
import { formatNumber } from '../../number-format.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { thresholdViews } from '../aggregate/thresholds.ts';
import { change, commonMeasure, differencesOf, errorShare, type Judgement } from '../shared/difference.ts';
import { wholeRun } from '../shared/interval.ts';
import { dateOf, durationOf } from './banner.ts';
import { documentOf } from './document.ts';
import { toneIcon } from './icons.ts';
import { html, type Markup } from './markup.ts';
import { exploration, footer, sectionLinks } from './page-parts.ts';
import { storedSection } from './stored-section.ts';
import { verdictWords } from './verdict-words.ts';

/** Two runs over each other, and what differs. */
export function comparisonPage(
  before: PreparedRun,
  after: PreparedRun,
  judgements: readonly Judgement[],
  stored: StoredComparison | undefined,
): string {
  const sentence = comparisonSentence(before, after);
  const body = html`<a class="skip" href="#main">Skip to the report</a>
<header class="masthead tone-plain"><div class="wrap"><p class="eyebrow">Comparison of two runs</p>
<h1><bdi>${before.data.label}</bdi> and <bdi>${after.data.label}</bdi></h1><p class="reason">${sentence}</p></div></header>
${sectionLinks([
  ['runs', 'Runs'],
  ...(stored === undefined ? [] : ([['intervals', 'Changes']] as const)),
  ['differences', 'Differences'],
  ['timeline', 'Timeline'],
  ['distribution', 'Distribution'],
  ['load', 'Load'],
])}
<main id="main" class="wrap">
<section id="runs" aria-labelledby="runs-title"><h2 id="runs-title">Runs</h2><div class="runs">${runCard(before, 'A')}${runCard(after, 'B')}</div></section>
${stored === undefined ? undefined : storedSection(stored, 'intervals', 'Changes, with intervals')}
${exploration({ note: html`<p class="hint">A is dashed, B is solid. Both begin at 0:00; phases and limits are those of B.</p>`, beforeTimeline: html`<section id="differences" aria-labelledby="differences-title"><h2 id="differences-title">Differences</h2><div id="difference-table"></div></section>`, isComparison: true })}
</main>
${footer()}`;
  return documentOf({
    title: `${before.data.label} and ${after.data.label}`,
    kind: 'comparison',
    body,
    runs: [before.data, after.data],
    extra: { judgements },
  });
}

function runCard({ record, data }: PreparedRun, mark: string): Markup {
  const words = verdictWords(record, thresholdViews(record.verdict.rules, data));
  const figures = data.exact[0]?.rows.all;
  const times = figures?.response ?? figures?.firstByte;
  return html`<article class="run-card tone-${words.tone}"><h3><span class="mark">${mark}</span> <bdi>${data.label}</bdi></h3><p class="state">${toneIcon(words.tone, 18)} ${words.title}</p><p>${words.sentence}</p>
<p class="note">${record.test.file} · ${dateOf(record.startedAt)} · ${durationOf(record)} · seed ${record.seed}${record.environment.commit === undefined ? undefined : ` · commit ${record.environment.commit.slice(0, 12)}`}</p>
<p class="note">${formatNumber(figures?.requests ?? 0)} requests${times === undefined ? undefined : `, p95 ${formatNumber(times.p95)} ms`}, ${record.environment.cpus} × ${record.environment.cpuModel}</p></article>`;
}

/** The one difference that everybody asks for; what it is worth is said beside it. */
function comparisonSentence(before: PreparedRun, after: PreparedRun): string {
  const whole = wholeRun(before.data.bins > after.data.bins ? before.data : after.data);
  const [all] = differencesOf(before.data, after.data, whole);
  const measure = commonMeasure(before.data, after.data);
  const [was, is] = [all?.before[measure]?.p95, all?.after[measure]?.p95];
  const share = change(was, is);
  if (all === undefined || was === undefined || is === undefined || share === undefined) {
    return 'One of the runs measured no times, so there is little to compare.';
  }
  const percent = Math.abs(share * 100);
  const moved = percent < 0.5 ? 'is the same in both' : `${share > 0 ? 'rose' : 'fell'} by ${formatNumber(percent)} %`;
  const errors = `errors went from ${percentText(errorShare(all.before))} to ${percentText(errorShare(all.after))}`;
  return `p95 of all requests ${moved}, from ${formatNumber(was)} ms to ${formatNumber(is)} ms; ${errors}. Advisory: it takes more than two runs to tell a difference from chance.`;
}

function percentText(share: number | undefined): string {
  return share === undefined ? 'none' : `${formatNumber(share * 100)} %`;
}
