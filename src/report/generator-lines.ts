import type { RunRecord, ValidityRecord } from '../record/index.ts';
import { formatQuantity } from './number-format.ts';
import type { Style } from './style.ts';

/** Whether the generator kept up: one line, and below it what was wrong or worth knowing. */
export function generatorLines({ validity }: Pick<RunRecord, 'validity'>, style: Style): string[] {
  if (validity === undefined) return [`  Generator: ${style.warn('not known')} (nobody looked at it)`];
  const { outcome, enforced, findings } = validity;
  const aside = outcome === 'not valid' && !enforced ? ' (not enforced)' : '';
  const state = outcome === 'valid' ? style.good('valid') : style.bad(`NOT VALID${aside}`);
  const worthALine = findings.filter((finding) => finding.outcome !== 'ok');
  const advice = new Set(worthALine.flatMap((finding) => finding.advice ?? []));
  return [
    `  Generator: ${state} (${figuresLine(validity)})`,
    ...worthALine.map(({ outcome: each, text }) => {
      return `    ${each === 'noted' ? style.warn('note') : style.bad('fault')}: ${text}`;
    }),
    ...[...advice].map((text) => `    ${text}`),
  ];
}

function figuresLine({ figures }: ValidityRecord): string {
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

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
