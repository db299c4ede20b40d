import type { GateRecord, GateRow } from '../../gate/regression/index.ts';
import { plainText } from '../plain-text.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';
import { culpritText, type GateLine, gateLines, headline, healthText, refusedTexts } from './gate-lines.ts';

const COLUMNS = [
  { title: 'Endpoint', align: 'left' },
  { title: '', align: 'left' },
  { title: 'base', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'change', align: 'right' },
  { title: '95 % interval', align: 'right' },
  { title: 'margin', align: 'right' },
] as const;

const MARKS: Readonly<Record<GateRow['answer']['kind'], string>> = {
  regressed: '✗',
  improved: '+',
  unchanged: '=',
  inconclusive: '?',
};

/** How a comparison ends in a terminal: the answer first, then why, then the table. */
export function gateText(
  record: GateRecord,
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const lines = gateLines(record);
  const paint = record.answer === 'regressed' ? style.bad : record.answer === 'inconclusive' ? style.warn : style.good;
  const culprit = culpritText(record);
  const refused = refusedTexts(record);
  return [
    style.bold(paint(`Verdict: ${plainText(headline(record))}`)),
    `  ${plainText(`${record.baseline.label} → ${record.candidate.label}`)} · ${record.test.name} · ${healthText(record)} · seed ${plainText(record.seed)}`,
    ...(culprit === undefined ? [] : [`  ${plainText(culprit)}`]),
    '',
    ...table(
      lines.filter(({ isGating }) => isGating),
      width,
      style,
    ),
    ...shownOnly(
      lines.filter(({ isGating }) => !isGating),
      width,
      style,
    ),
    ...(refused.length === 0 ? [] : ['', 'Not judged', ...refused.map((text) => `  ${plainText(text)}`)]),
  ].join('\n');
}

function table(lines: readonly GateLine[], width: number, style: Style): string[] {
  const rows = lines.map((line) => [
    `${MARKS[line.answer]} ${line.target}`,
    line.metric,
    line.baseline,
    line.candidate,
    line.change,
    line.interval,
    line.margin,
  ]);
  return textTable(COLUMNS, rows, width, (text, index) => {
    const answer = lines[index]?.answer;
    return answer === 'regressed' ? style.bad(text) : answer === 'improved' ? style.good(text) : text;
  });
}

function shownOnly(lines: readonly GateLine[], width: number, style: Style): string[] {
  if (lines.length === 0) return [];
  const clear = lines.filter(({ answer }) => answer === 'regressed' || answer === 'improved');
  const others = lines.length - clear.length;
  if (clear.length === 0) return ['', `${lines.length} more figures are shown in the report; they decide nothing.`];
  return ['', `Changed as well, without deciding (${others} more have not)`, ...table(clear, width, style)];
}
