import { formatNumber, formatQuantity } from '../number-format.ts';
import type { LiveGenerator, LiveTimes, LiveView } from './live-view.ts';

// What the block and the plain lines say alike.

/** `12 failed (0.4 %)`, `none failed`. */
export function failedWords(failed: number, of: number): string {
  if (failed === 0) return 'none failed';
  return `${formatNumber(failed)} failed (${formatNumber(Number(((failed / Math.max(1, of)) * 100).toPrecision(2)))} %)`;
}

/** `p50 12.3 ms`, `p95 45 ms`, `p99 120 ms`. */
export function timeWords({ p50, p95, p99 }: LiveTimes): string[] {
  return [`p50 ${formatQuantity(p50, 'ms')}`, `p95 ${formatQuantity(p95, 'ms')}`, `p99 ${formatQuantity(p99, 'ms')}`];
}

/** What the generator is doing, in a few words each; the first says whether it keeps up. */
export function generatorWords({ keepsUp, utilisation, lateShare, sendLagP99Ms }: LiveGenerator): string[] {
  return [
    keepsUp ? 'keeps up' : 'TOO LATE',
    `event loop ${percent(utilisation)}`,
    `late ${percent(lateShare)}`,
    ...(sendLagP99Ms === undefined ? [] : [`send lag p99 ${formatQuantity(sendLagP99Ms, 'ms')}`]),
  ];
}

/** How many rules hold so far, how many do not, and of how many nothing can be said yet; empty without rules. */
export function ruleWords(rules: LiveView['rules']): string[] {
  const count = (outcome: LiveView['rules'][number]['outcome']): number =>
    rules.filter((rule) => rule.outcome === outcome).length;
  const [broken, hold, waiting] = [count('failed'), count('passed'), count('no data')];
  return [
    ...(broken === 0 ? [] : [`${broken} BROKEN so far`]),
    ...(hold === 0 ? [] : [`${hold} ${hold === 1 ? 'holds' : 'hold'}`]),
    ...(waiting === 0 ? [] : [`${waiting} not decided yet`]),
  ];
}

/** A rate with as many digits as it deserves: `20.1/s`. */
export function rateWords(perSec: number): string {
  return formatQuantity(perSec < 10 ? Math.round(perSec * 10) / 10 : Number(perSec.toPrecision(3)), '/s');
}

/** What goes on while no phase does. */
export function noPhaseWords({ hasBegun, elapsedMs, plannedMs }: LiveView): string {
  if (!hasBegun) return 'Starting the workers';
  return elapsedMs < plannedMs ? 'Between two phases' : 'All phases are over; users finish what they began';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
