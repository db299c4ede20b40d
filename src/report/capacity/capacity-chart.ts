import { type CapacityRecord, type CapacityTrial, rateText } from '../../gate/capacity/index.ts';
import { escapeMarkup } from '../plan/markup.ts';

const WIDTH = 920;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 48;

/**
 * What was offered against what was achieved, one mark a trial: on the line as long as the system keeps up. The band is the interval of the
 * capacity.
 */
export function capacityChart(record: CapacityRecord): string {
  const { trials } = record;
  if (trials.length === 0) return '';
  const most = Math.max(...trials.map(({ ratePerSec }) => ratePerSec), record.estimate?.highPerSec ?? 0) * 1.08;
  const x = (perSec: number): number => round(LEFT + (perSec / most) * (WIDTH - LEFT - RIGHT));
  const y = (perSec: number): number => round(HEIGHT - BOTTOM - (perSec / most) * (HEIGHT - TOP - BOTTOM));
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="New users per second that were offered, and that were done; the table below says the same" font-size="13" fill="var(--ink)">
${band(record, x)}
${ticks(most)
  .map((at) => tick(at, x, y))
  .join('\n')}
<line x1="${x(0)}" y1="${y(0)}" x2="${x(most)}" y2="${y(most)}" stroke="var(--muted)" stroke-dasharray="4 3"/>
${trials.map((trial) => mark(trial, x, y)).join('\n')}
<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="var(--muted)">offered: new users per second</text>
<text x="16" y="${HEIGHT / 2}" text-anchor="middle" fill="var(--muted)" transform="rotate(-90 16 ${HEIGHT / 2})">achieved</text>
${legend()}
</svg>`;
}

type Scale = (perSec: number) => number;

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function band({ estimate }: CapacityRecord, x: Scale): string {
  if (estimate === undefined) return '';
  const { perSec, lowPerSec, highPerSec } = estimate;
  const width = round(Math.max(1, x(highPerSec) - x(lowPerSec)));
  return `<rect x="${x(lowPerSec)}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}" fill="var(--line)" opacity="0.6"/>
<line x1="${x(perSec)}" x2="${x(perSec)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="var(--ink)" stroke-width="2"/>
<text x="${x(perSec)}" y="${TOP - 8}" text-anchor="middle">capacity ${rateText(perSec)}/s</text>`;
}

/** About six round numbers from 0 on. */
function ticks(most: number): number[] {
  const rough = most / 6;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

function tick(at: number, x: Scale, y: Scale): string {
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(at)}" y2="${y(at)}" stroke="var(--line)"/>
<text x="${LEFT - 8}" y="${y(at) + 4}" text-anchor="end" fill="var(--muted)">${at}</text>
<text x="${x(at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="var(--muted)">${at}</text>`;
}

/** Shape as well as colour says what came of it. */
function mark(trial: CapacityTrial, x: Scale, y: Scale): string {
  const { number, ratePerSec, achievedPerSec, result, reasons } = trial;
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  const title = `Trial ${number}: ${rateText(ratePerSec)}/s offered, ${rateText(achievedPerSec)}/s achieved, ${result}${why}`;
  return `<g><title>${escapeMarkup(title)}</title>${shape(result, x(ratePerSec), y(achievedPerSec))}</g>`;
}

function shape(result: CapacityTrial['result'], at: number, height: number): string {
  switch (result) {
    case 'sustained':
      return `<circle cx="${at}" cy="${height}" r="5" fill="var(--good)"/>`;
    case 'broken':
      return `<path d="M${at - 5} ${height - 5}l10 10m0 -10l-10 10" stroke="var(--bad)" stroke-width="3"/>`;
    case 'void':
      return `<circle cx="${at}" cy="${height}" r="5" fill="none" stroke="var(--muted)" stroke-width="2"/>`;
  }
}

function legend(): string {
  const entries = [
    ['sustained', 'sustained'],
    ['broken', 'broken'],
    ['void', 'counts for nothing'],
  ] as const;
  return entries
    .map(([result, name], index) => {
      const y = TOP + 16 + index * 22;
      return `${shape(result, LEFT + 16, y)}<text x="${LEFT + 30}" y="${y + 4}">${name}</text>`;
    })
    .join('\n');
}
