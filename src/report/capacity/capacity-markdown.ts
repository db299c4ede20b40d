import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { markdownCode, markdownHead, markdownRow, markdownText } from '../machine/index.ts';
import { capacityFacts, capacityHeadline, TRIAL_COLUMNS, trialRows } from './capacity-lines.ts';

const MARKS: Readonly<Record<CapacityRecord['answer'], string>> = {
  found: '✅',
  'not valid': '❌',
  inconclusive: '⚠️',
};

/** A search for the summary of a job. */
export function capacityMarkdown(record: CapacityRecord): string {
  const facts = capacityFacts(record).map(({ name, text }) => `- **${name}**: ${markdownText(text)}`);
  return [
    `## ${MARKS[record.answer]} Capacity: ${markdownText(capacityHeadline(record))}`,
    '',
    `${markdownCode(record.system.label)} · ${markdownText(record.test.name)}`,
    '',
    ...facts,
    '',
    '<details><summary>All trials</summary>',
    '',
    ...markdownHead(TRIAL_COLUMNS),
    ...trialRows(record).map((row) => markdownRow(row.map(markdownText))),
    '',
    '</details>',
    '',
    `Same search again: ${markdownCode(record.replay)}`,
    '',
  ].join('\n');
}
