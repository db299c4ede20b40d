import { formatDuration, formatQuantity } from '../../number-format.ts';
import type { Breaches } from '../aggregate/breaches.ts';
import type { TermView, ThresholdView } from '../aggregate/thresholds.ts';
import { elapsed } from '../shared/elapsed.ts';
import type { Focus } from '../shared/focus.ts';
import { toneIcon } from './icons.ts';
import { html, type Markup, type Part } from './markup.ts';
import { marginWords } from './verdict-words.ts';

/** Every threshold with what was observed, its limit, margin and phase, and when it was first broken. */
export function thresholdSection(thresholds: readonly ThresholdView[]): Markup {
  const content =
    thresholds.length === 0
      ? html`<p class="empty">The test states no thresholds, so any run that completes passes. <code>docs/thresholds.md</code> says how to write them.</p>`
      : html`<div class="scroll" role="region" aria-label="Table of thresholds" tabindex="0"><table class="thresholds">
<thead><tr><th scope="col">State</th><th scope="col">Threshold</th><th scope="col" class="n">Observed</th><th scope="col" class="n">Limit</th><th scope="col">Margin</th><th scope="col">Phase</th><th scope="col">First broken</th><th scope="col"><span class="visually-hidden">Chart</span></th></tr></thead>
<tbody>${thresholds.map(rowsOf)}</tbody></table></div>`;
  return html`<section id="thresholds" aria-labelledby="thresholds-title"><h2 id="thresholds-title">Thresholds</h2>${content}</section>`;
}

const STATES = {
  held: ['good', 'Held'],
  broken: ['bad', 'Broken'],
  'no data': ['bad', 'No data'],
  'not held, not strict': ['warn', 'Not held'],
} as const;

function rowsOf(view: ThresholdView, index: number): Markup {
  const [tone, word] = STATES[view.state];
  const [first, ...others] = view.terms;
  const isOne = others.length === 0;
  const title = isOne && first !== undefined ? first.label : view.rule;
  const main = html`<tr class="tone-${tone}" id="rule-${index}"><td class="state">${toneIcon(tone, 16)} ${word}</td><th scope="row"><bdi>${title}</bdi>${noteOf(view)}</th>${isOne && first !== undefined ? cellsOf(first) : html`<td></td><td></td><td></td>`}<td>${scopeOf(view)}</td><td>${brokenWords(view.breaches, view.state)}</td><td>${view.focus === undefined ? undefined : focusLink(view.focus, title)}</td></tr>`;
  if (isOne) return main;
  const parts = view.terms.map(
    (term) =>
      html`<tr class="part"><td></td><th scope="row"><bdi>${term.label}</bdi></th>${cellsOf(term)}<td></td><td></td><td></td></tr>`,
  );
  return html`${main}${parts}`;
}

function noteOf({ position, state }: ThresholdView): Part {
  const notes = [
    ...(position === undefined ? [] : [position]),
    ...(state === 'not held, not strict' ? ['does not count'] : []),
  ];
  return notes.length === 0 ? undefined : html`<span class="note"><bdi>${notes.join(' · ')}</bdi></span>`;
}

function cellsOf(term: TermView): Markup {
  const { observed, limit, operator, unit } = term;
  const show = (value: number | undefined): string => (value === undefined ? 'no data' : formatQuantity(value, unit));
  // On a telephone the column of the limits is out of sight. Whoever listens hears it there.
  const below = html`<span class="note limit-below" aria-hidden="true">${operator} ${show(limit)}</span>`;
  return html`<td class="n">${show(observed)}${below}</td><td class="n">${operator} ${show(limit)}</td><td>${marginOf(term)}</td>`;
}

const BAR_WIDTH = 72;

/** The margin as a bar from the limit in the middle: to the right is safe, to the left is broken. */
function marginOf(term: TermView): Part {
  const { marginPercent: margin } = term;
  if (margin === undefined) return html`<span class="muted">none</span>`;
  const length = (Math.min(100, Math.abs(margin)) / 100) * (BAR_WIDTH / 2);
  const x = margin >= 0 ? BAR_WIDTH / 2 : BAR_WIDTH / 2 - length;
  const words = marginWords(term)
    .replace(/ the limit of .*$/, '')
    .replace(/^where the limit is .*$/, 'far off');
  return html`<span class="margin"><svg aria-hidden="true" width="${BAR_WIDTH}" height="10" viewBox="0 0 ${BAR_WIDTH} 10"><rect class="${margin >= 0 ? 'bar-good' : 'bar-bad'}" x="${x}" y="2" width="${Math.max(1, length)}" height="6"/><path class="bar-axis" d="M${BAR_WIDTH / 2} 0v10"/></svg> ${words}</span>`;
}

function brokenWords(breaches: Breaches | undefined, state: ThresholdView['state']): Part {
  if (breaches === undefined || breaches.windows === 0) return html`<span class="muted">–</span>`;
  const { firstMs, broken, windows } = breaches;
  if (firstMs === undefined)
    return html`<span class="muted">${state === 'held' ? 'never' : 'in no window alone'}</span>`;
  const of = `${broken} of ${windows} windows`;
  if (state === 'held') {
    return html`<span class="muted">not as a whole</span><span class="note">${of} alone, first at ${elapsed(firstMs)}</span>`;
  }
  return html`${elapsed(firstMs)}<span class="note">${of} of ${formatDuration(10_000)}</span>`;
}

function scopeOf({ phase, afterMs }: ThresholdView): Markup {
  const scope = phase === undefined ? html`<span class="muted">whole run</span>` : html`<bdi>${phase}</bdi>`;
  return afterMs === undefined ? scope : html`${scope}<span class="note">after ${formatDuration(afterMs)}</span>`;
}

/** Without scripts the link still leads to the timeline. */
function focusLink(focus: Focus, title: string): Markup {
  return html`<a href="#timeline" data-focus="${JSON.stringify(focus)}">Show<span class="visually-hidden"> ${title} in its chart</span></a>`;
}
