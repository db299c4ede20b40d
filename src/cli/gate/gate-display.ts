import { changeText, type GatePolicy, type GateStep, intervalText, subjectText } from '../../gate/regression/index.ts';
import { clock, type Display } from '../display.ts';
import type { GateEvent } from './run-pairs.ts';

/** Tells how a comparison goes on: one line a pair, and on a terminal what is under way below it. */
export function showProgress(
  display: Display,
  policy: GatePolicy,
  minutes: number,
  now: () => number,
): (event: GateEvent) => void {
  const startedAt = now();
  const most = policy.looks.at(-1) ?? 0;
  return (event) => {
    if (event.kind === 'pair begins') {
      if (!display.isTTY) return;
      const { pair, order } = event.plan;
      const elapsed = clock(now() - startedAt);
      display.write(`\r\u001B[K  pair ${pair + 1}: in turns, ${order[0]} first, ${elapsed} of at most ${minutes} min`);
      return;
    }
    const { pairs, step } = event;
    const spoiled = step.health.spoiled.some(({ pair }) => pair === pairs.length - 1);
    const line = [
      `Pair ${pairs.length} (at most ${most} usable)`,
      clock(now() - startedAt),
      spoiled ? 'spoiled, dropped' : 'usable',
      widest(step),
    ].filter((part) => part !== '');
    display.write(`${display.isTTY ? '\r\u001B[K' : ''}${line.join('  ')}\n`);
  };
}

/** The figure that decides and is known least, measured by its margin: when its interval is narrow, all are. */
function widest({ comparison }: GateStep): string {
  const open = comparison.rows.filter(({ isGating, mustConclude }) => isGating && mustConclude);
  const width = ({ interval, margin }: (typeof open)[number]): number => (interval.high - interval.low) / margin;
  const [row] = open.toSorted((a, b) => width(b) - width(a));
  if (row === undefined || !Number.isFinite(width(row))) return '';
  return `widest: ${subjectText(row)} ${changeText(row, row.change)} (${intervalText(row)})`;
}
