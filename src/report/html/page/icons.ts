import { html, type Markup } from './markup.ts';
import type { VerdictWords } from './verdict-words.ts';

/** A sign beside a word that says the same, so readers by ear are spared it. */
export function toneIcon(tone: VerdictWords['tone'], size: number): Markup {
  const shape = {
    good: html`<path d="M6.5 12.5l3.6 3.6 7.4-8" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
    bad: html`<path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
    warn: html`<path d="M12 6.5v7M12 17.2v.1" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/>`,
  }[tone];
  return html`<svg class="icon" aria-hidden="true" width="${size}" height="${size}" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" stroke-width="2"/>${shape}</svg>`;
}
