import type { RunRecord } from '../../../record/index.ts';
import { formatDuration } from '../../number-format.ts';
import { toneIcon } from './icons.ts';
import { html, type Markup } from './markup.ts';
import type { VerdictWords } from './verdict-words.ts';

/** The answer of the run, first of all. */
export function banner(record: RunRecord, words: VerdictWords): Markup {
  const others = record.verdict.faults.slice(1);
  return html`<header class="masthead tone-${words.tone}"><div class="wrap">
<p class="eyebrow"><bdi>${record.test.file}</bdi>${environmentOf(record)} · ${dateOf(record.startedAt)} · ${durationOf(record)}</p>
<div class="verdict">${toneIcon(words.tone, 44)}<div><h1>${words.title}</h1><p class="reason">${words.sentence}</p>
${answerOf(record)}
${others.length === 0 ? undefined : html`<ul class="faults">${others.map((fault) => html`<li>${fault}</li>`)}</ul>`}</div></div>
</div></header>`;
}

/** What the test asked, and what the run says to it. */
function answerOf({ answer }: RunRecord): Markup | undefined {
  if (answer === undefined) return undefined;
  return html`<p class="reason"><strong>${answer.question}</strong> ${answer.text}</p>`;
}

function environmentOf({ test }: RunRecord): Markup | undefined {
  return test.environment === undefined ? undefined : html` (<bdi>${test.environment}</bdi>)`;
}

/** `4 March 2026, 09:30 UTC`: the page may be read anywhere. */
export function dateOf(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** How long a run took, from its first to its last moment. */
export function durationOf({ startedAt, endedAt }: RunRecord): string {
  return formatDuration(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) || 0);
}
