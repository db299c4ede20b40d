import { escapeMarkdown } from '../../src/report/machine/escape-markdown.ts';
import { plainLines, plainText } from '../../src/report/plain-text.ts';
import type { GateAnswer, GateResult, GateRow } from './gate-result.ts';
import { changeWords, intervalWords, marginWords } from './gate-words.ts';

/** The first line of the comment that is kept up to date. */
export const MARKER = '<!-- proving-ground performance-gate -->';

const MARKS: Readonly<Record<GateAnswer, string>> = {
  regressed: '❌',
  improved: '✅',
  unchanged: '✅',
  inconclusive: '⚠️',
};
const MOST_ROWS = 40;
const MOST_CHARACTERS = 300;

/**
 * A result as a comment on a pull request. Every text of it is a stranger's: it is shown as it is and does nothing. At most 64 kB.
 *
 * @param jobUrl where the job is, with all artifacts.
 */
export function gateComment(result: GateResult, jobUrl: string): string {
  const { answer, reason, test, health, culprits } = result;
  const rows = shownRows(result.rows);
  return [
    MARKER,
    `### ${MARKS[answer]} Performance: ${answer}`,
    `**${safe(reason)}**`,
    '',
    `${safe(test.name)} · ${code(result.candidate)} against ${code(result.baseline)} · ${health.kept} of ${health.pairs} pairs counted`,
    ...(culprits.length === 0 ? [] : ['', `Slower by itself: ${culprits.slice(0, 5).map(code).join(', ')}`]),
    ...(rows.length === 0 ? [] : ['', ...tableOf(rows)]),
    ...(result.rows.length > rows.length
      ? ['', `${result.rows.length - rows.length} more lines are in the report.`]
      : []),
    '',
    `Report and all figures: [artifacts of the job](${jobUrl})<br>`,
    `Same comparison again: ${code(result.replay)}`,
    '',
  ].join('\n');
}

/** A comment for a job that left no result. */
export function noResultComment(conclusion: string, jobUrl: string): string {
  const why =
    conclusion === 'cancelled' ? 'the job was cancelled' : `the job ended as ${safe(conclusion)} and left none`;
  return [
    MARKER,
    '### ❌ Performance: no verdict',
    `Nothing was decided: ${why}. [The job](${jobUrl}) says more.`,
    '',
  ].join('\n');
}

/** What the summary of a job says when the gate left none. */
export function faultComment(test: string, message: string, details: string): string {
  const lines = plainLines(details).trim();
  const quoted = lines === '' ? [] : ['', `<pre>${escapeMarkdown(lines)}</pre>`];
  return [
    `### ❌ Performance: no verdict`,
    `**${safe(message)}**`,
    ...(test === '' ? [] : ['', code(test)]),
    ...quoted,
    '',
  ].join('\n');
}

/** What decided first: regressed, then open, then the rest; lines that decide nothing are left to the report. */
function shownRows(rows: readonly GateRow[]): readonly GateRow[] {
  const rank: readonly GateAnswer[] = ['regressed', 'inconclusive', 'improved', 'unchanged'];
  const gating = rows.filter(({ isGating }) => isGating);
  return gating.toSorted((a, b) => rank.indexOf(a.answer) - rank.indexOf(b.answer)).slice(0, MOST_ROWS);
}

function tableOf(rows: readonly GateRow[]): string[] {
  return [
    '| | What | Metric | Change | 95 % interval | Margin |',
    '| :--- | :--- | :--- | ---: | ---: | ---: |',
    ...rows.map((row) => {
      const interval = intervalWords(row).replace('95 % interval ', '');
      return `| ${MARKS[row.answer]} ${row.answer} | ${code(row.target.name)} | ${row.metric} | ${changeWords(row)} | ${interval} | ${marginWords(row)} |`;
    }),
  ];
}

function code(text: string): string {
  return `<code>${safe(text)}</code>`;
}

function safe(text: string): string {
  const plain = plainText(text);
  return escapeMarkdown(plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS).toWellFormed()}…` : plain);
}
