import type { Diagnosis, Finding, Observation } from '../../diagnose/index.ts';
import { type LineOptions, sentenceLines } from '../sentence-lines.ts';
import { certaintyWords, findingName, headline, shareWords } from './share-words.ts';

/** A diagnosis for a terminal: the answer first, then for each finding what was seen, why, what to do, how to verify. */
export function diagnosisText(diagnosis: Diagnosis, options: LineOptions): string {
  const { caution } = diagnosis;
  if (caution === undefined) return answerText(diagnosis, options);
  const lines = sentenceLines(`Caution: the generator was not at its best (${caution}).`, ['', '  '], options);
  return `${answerText(diagnosis, options)}\n\n${lines.map(options.style.warn).join('\n')}`;
}

function answerText(diagnosis: Diagnosis, options: LineOptions): string {
  if (diagnosis.answer === 'bottleneck') {
    return diagnosis.findings.map((finding, index) => findingLines(finding, index, options).join('\n')).join('\n\n');
  }
  const title = options.style.bold(`${headline(diagnosis.answer)}:`);
  const [first = '', ...rest] = sentenceLines(
    `${headline(diagnosis.answer)}: ${diagnosis.reason}.`,
    ['', '  '],
    options,
  );
  return [
    first.replace(`${headline(diagnosis.answer)}:`, title),
    ...rest,
    ...('seen' in diagnosis ? seenLines(diagnosis.seen, options) : []),
    ...('todo' in diagnosis && diagnosis.todo !== '' ? part('Do', diagnosis.todo, options) : []),
  ].join('\n');
}

function findingLines(finding: Finding, index: number, options: LineOptions): string[] {
  const { style } = options;
  const name = `${findingName(finding, index)}${index === 0 ? '' : `, ${index + 1}.`}: ${finding.cause}`;
  const [first = '', ...rest] = sentenceLines(`${name}. ${finding.title}.`, ['', '  '], options);
  return [
    first.replace(name, index === 0 ? style.bold(style.bad(name)) : style.bold(name)),
    ...rest,
    ...sentenceLines(`${shareWords(finding)}; ${certaintyWords(finding)}.`, ['  ', '  '], options),
    ...seenLines(finding.seen, options),
    ...(finding.culprit === undefined ? [] : part('Whose', `"${finding.culprit}": it is its own work.`, options)),
    ...(finding.delayed.length === 0 ? [] : part('Delays', `${finding.delayed.join(', ')} only wait for it.`, options)),
    ...(finding.consequences.length === 0
      ? []
      : part('So also', `${finding.consequences.join(', ')}: follows from it.`, options)),
    ...part('Why', finding.why, options),
    ...part('Do', finding.todo, options),
    ...part('Verify', finding.verify, options),
  ];
}

const INDENT = 11;

function part(name: string, text: string, options: LineOptions): string[] {
  return sentenceLines(text, [`  ${name.padEnd(INDENT - 2)}`, ' '.repeat(INDENT)], options);
}

function seenLines(seen: readonly Observation[], options: LineOptions): string[] {
  return seen.flatMap(({ text, lane }, index) => {
    return part(index === 0 ? 'Seen' : '', lane === undefined ? text : `${text} [${lane}]`, options);
  });
}
