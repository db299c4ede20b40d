import type { RunRecord, ValidityRecord } from '../record/index.ts';
import { formatQuantity } from './number-format.ts';
import { type LineOptions, sentenceLines } from './sentence-lines.ts';

/** Whether the generator kept up: one line, and below it what was wrong or worth knowing. */
export function generatorLines({ validity }: Pick<RunRecord, 'validity'>, options: LineOptions): string[] {
  const { style } = options;
  if (validity === undefined) return [`  Generator: ${style.warn('not known')} (nobody looked at it)`];
  const { outcome, enforced, findings } = validity;
  const aside = outcome === 'not valid' && !enforced ? ' (not enforced)' : '';
  const [state, paint] = outcome === 'valid' ? ['valid', style.good] : [`NOT VALID${aside}`, style.bad];
  const worthALine = findings.filter((finding) => finding.outcome !== 'ok');
  const advice = new Set(worthALine.flatMap((finding) => finding.advice ?? []));
  const [first = '', ...rest] = sentenceLines(
    `Generator: ${state} (${generatorFigures(validity)})`,
    ['  ', '    '],
    options,
  );
  return [
    first.replace(state, paint(state)),
    ...rest,
    ...worthALine.flatMap((finding) => findingLines(finding, options)),
    ...[...advice].flatMap((text) => sentenceLines(text, ['    ', '    '], options)),
  ];
}

/** What was measured of the generator, in one line. */
export function generatorFigures({ figures }: Pick<ValidityRecord, 'figures'>): string {
  const { utilisation, lateShare, sendLagP99Ms, arrivalShare } = figures;
  return [
    utilisation === undefined ? 'event loop not measured' : `event loop ${percent(utilisation)}`,
    lateShare === undefined ? '' : `late ${percent(lateShare)} of the time`,
    sendLagP99Ms === undefined ? '' : `send lag p99 ${formatQuantity(sendLagP99Ms, 'ms')}`,
    arrivalShare === undefined ? '' : `arrivals ${percent(arrivalShare)} of plan`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function findingLines({ outcome, text }: ValidityRecord['findings'][number], options: LineOptions): string[] {
  const { style } = options;
  const [word, paint] = outcome === 'noted' ? ['note', style.warn] : ['fault', style.bad];
  const [first = '', ...rest] = sentenceLines(`${word}: ${text}`, ['    ', '      '], options);
  return [first.replace(word, paint(word)), ...rest];
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
