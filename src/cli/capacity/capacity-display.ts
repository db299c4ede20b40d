import { type CapacityEstimate, type CapacityTrial, type ProbedRange, rateText } from '../../gate/capacity/index.ts';
import { clock, type Display } from '../display.ts';
import type { CapacityEvent } from './find-capacity.ts';

/** Tells how a search goes on: one line a trial, and after each batch how narrow the interval has become. */
export function showCapacityProgress(
  display: Display,
  startedAtMs: number,
  now: () => number,
): (event: CapacityEvent) => void {
  const underWay = (text: string): void => {
    if (display.isTTY) display.write(`\r\u001B[K  ${clock(now() - startedAtMs)}  ${text}`);
  };
  const line = (text: string): void => display.write(`${display.isTTY ? '\r\u001B[K' : ''}${text}\n`);
  return (event) => {
    switch (event.kind) {
      case 'probe begins':
        return underWay('probing: rates double until something gives way');
      case 'probed':
        return line(`${clock(now() - startedAtMs)}  ${probedText(event.range)}`);
      case 'trials begin':
        return underWay(`trying ${event.ratesPerSec.map(rateText).join(', ')} new users/s`);
      case 'confirmation begins':
        return underWay(
          `confirming: longer holds of ${rateText(event.belowPerSec)} and ${rateText(event.abovePerSec)}/s`,
        );
      case 'trials are over':
        for (const trial of event.trials) line(trialLine(trial));
        return line(`${clock(now() - startedAtMs)}  ${estimateText(event.estimate)}`);
      case 'confirmation is over':
        for (const trial of event.trials) line(trialLine(trial));
    }
  };
}

function probedText({ easyPerSec, hardPerSec, fromPerSec, toPerSec }: ProbedRange): string {
  const easy = easyPerSec === undefined ? 'not even the first rate was easy' : `${rateText(easyPerSec)}/s was easy`;
  const hard = hardPerSec === undefined ? 'nothing was too much' : `${rateText(hardPerSec)}/s too much`;
  return `Probe: ${easy}, ${hard}; looking between ${rateText(fromPerSec)} and ${rateText(toPerSec)} new users/s`;
}

function trialLine({ number, kind, ratePerSec, holdSec, result, reasons }: CapacityTrial): string {
  const what = kind === 'search' ? '' : ` (${holdSec} s, ${kind} the answer)`;
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `  Trial ${number}${what}  ${rateText(ratePerSec)}/s  ${result}${why}`;
}

function estimateText({ perSec, lowPerSec, highPerSec }: CapacityEstimate): string {
  const half = ((highPerSec - lowPerSec) / 2 / perSec) * 100;
  return `Capacity ${rateText(perSec)} new users/s, 95 % between ${rateText(lowPerSec)} and ${rateText(highPerSec)} (±${half.toFixed(1)} %)`;
}
