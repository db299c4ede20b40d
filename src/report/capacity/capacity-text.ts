import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { plainText } from '../plain-text.ts';
import { sentenceLines } from '../sentence-lines.ts';
import type { Style } from '../style.ts';
import { capacityFacts, capacityHeadline } from './capacity-lines.ts';

const INDENT = 17;

/** How a search ends in a terminal: the answer first, then what broke, why, and how sure it is. */
export function capacityText(
  record: CapacityRecord,
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const paint = { found: style.good, 'not valid': style.bad, inconclusive: style.warn }[record.answer];
  const facts = capacityFacts(record).flatMap(({ name, text }) =>
    sentenceLines(plainText(text), [`  ${name.padEnd(INDENT - 2)}`, ' '.repeat(INDENT)], { style, width, wraps: true }),
  );
  return [
    style.bold(paint(`Verdict: ${plainText(capacityHeadline(record))}`)),
    `  ${plainText(record.system.label)} · ${plainText(record.test.name)} · seed ${plainText(record.seed)}`,
    '',
    ...facts,
  ].join('\n');
}
