import type { Diagnosis, Finding, Observation } from '../../../diagnose/index.ts';
import { certaintyWords, findingName, headline, shareWords } from '../../diagnosis/share-words.ts';
import { html, type Markup } from './markup.ts';

/** Why the run is slow, for people who did not make the test: each finding with what shows it, and what to do. */
export function whySection(diagnosis: Diagnosis): Markup {
  const { caution } = diagnosis;
  return html`<section id="why" aria-labelledby="why-title"><h2 id="why-title">Why</h2>
${diagnosis.answer === 'bottleneck' ? diagnosis.findings.map(findingPart) : otherAnswer(diagnosis)}
${caution === undefined ? undefined : html`<p class="callout">The generator was not at its best: <bdi>${caution}</bdi>.</p>`}
</section>`;
}

function otherAnswer(diagnosis: Exclude<Diagnosis, { answer: 'bottleneck' }>): Markup {
  return html`<p><strong>${headline(diagnosis.answer)}</strong>: <bdi>${diagnosis.reason.replace(/\.$/, '')}</bdi>.</p>
${'seen' in diagnosis && diagnosis.seen.length > 0 ? seenList(diagnosis.seen) : undefined}
${'todo' in diagnosis && diagnosis.todo !== '' ? html`<p>${diagnosis.todo}</p>` : undefined}`;
}

function findingPart(finding: Finding, index: number): Markup {
  const { cause, title, seen, culprit, delayed, consequences, why, todo, verify } = finding;
  return html`<h3>${findingName(finding, index)}: ${cause}. <bdi>${title}</bdi></h3>
<p>${shareWords(finding)}; ${certaintyWords(finding)}.</p>
${seenList(seen)}
${culprit === undefined ? undefined : html`<p>It is the own work of <bdi>${culprit}</bdi>.</p>`}
${delayed.length === 0 ? undefined : html`<p>Only wait for it: ${delayed.map((name, at) => html`${at === 0 ? '' : ', '}<bdi>${name}</bdi>`)}.</p>`}
${consequences.length === 0 ? undefined : html`<p>Follows from it: ${consequences.join(', ')}.</p>`}
<p><strong>Why.</strong> <bdi>${why}</bdi></p>
<p><strong>What to do.</strong> <bdi>${todo}</bdi></p>
<p><strong>How to verify.</strong> <bdi>${verify}</bdi></p>`;
}

function seenList(seen: readonly Observation[]): Markup {
  return html`<ul>
${seen.map(({ text, lane }) => html`<li><bdi>${text}</bdi>${lane === undefined ? undefined : html` <span class="hint">(<bdi>${lane}</bdi>)</span>`}</li>`)}
</ul>`;
}
