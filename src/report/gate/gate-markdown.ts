import type { GateRecord, GateRow } from '../../gate/regression/index.ts';
import { markdownCode, markdownHead, markdownRow, markdownText } from '../machine/index.ts';
import { culpritText, type GateLine, gateLines, healthText, refusedTexts } from './gate-lines.ts';

/** GitHub takes 64 kB of a comment; so many lines stay far below it. */
const MOST_LINES = 60;

const COLUMNS = [
  { title: '', align: 'left' },
  { title: 'Endpoint', align: 'left' },
  { title: 'Metric', align: 'left' },
  { title: 'Baseline', align: 'right' },
  { title: 'Candidate', align: 'right' },
  { title: 'Change', align: 'right' },
  { title: '95 % interval', align: 'right' },
  { title: 'Margin', align: 'right' },
  { title: 'Would have been found', align: 'right' },
] as const;

const TITLES: Readonly<Record<GateRecord['answer'], string>> = {
  regressed: '❌ Performance regressed',
  improved: '✅ Performance improved',
  unchanged: '✅ Performance unchanged',
  inconclusive: '⚠️ Performance: inconclusive',
};

const MARKS: Readonly<Record<GateRow['answer']['kind'], string>> = {
  regressed: '❌ regressed',
  improved: '✅ improved',
  unchanged: 'unchanged',
  inconclusive: '⚠️ inconclusive',
};

/** A comparison for the summary of a job and for a comment on a pull request. */
export function gateMarkdown(record: GateRecord): string {
  const lines = gateLines(record);
  const gating = lines.filter(({ isGating }) => isGating);
  const others = lines.filter(({ isGating }) => !isGating);
  const culprit = culpritText(record);
  const refused = refusedTexts(record);
  return [
    `## ${TITLES[record.answer]}`,
    '',
    `${markdownText(capitalised(record.reason))}.`,
    ...(culprit === undefined ? [] : ['', `**${markdownText(culprit)}**`]),
    '',
    `${markdownCode(record.baseline.label)} → ${markdownCode(record.candidate.label)} · ${markdownText(record.test.name)} · ${markdownText(healthText(record))}`,
    '',
    ...table(gating),
    ...(others.length === 0
      ? []
      : ['', '<details><summary>Figures that decide nothing</summary>', '', ...table(others), '', '</details>']),
    ...(refused.length === 0 ? [] : ['', 'Not judged:', '', ...refused.map((text) => `- ${markdownText(text)}`)]),
    '',
    `Same comparison again: ${markdownCode(record.replay)}`,
    '',
  ].join('\n');
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function table(lines: readonly GateLine[]): string[] {
  const rows = lines
    .slice(0, MOST_LINES)
    .map((line) =>
      markdownRow([
        MARKS[line.answer],
        markdownText(line.target),
        line.metric,
        line.baseline,
        line.candidate,
        line.change,
        line.interval,
        line.margin,
        line.detectable,
      ]),
    );
  const left = lines.length - rows.length;
  return [...markdownHead(COLUMNS), ...rows, ...(left > 0 ? ['', `and ${left} more`] : [])];
}
