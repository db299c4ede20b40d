// How late the alarm of the undici engine calls back, and what that costs, against setTimeout: the figures of docs/arrivals.md.
//
//   npm run bench:alarm
//   SECONDS=2 npm run bench:alarm     # a short one
//
// Each row asks for one callback after the other, evenly spaced; what is due by then as well is done in the same go. The processor time is that of the whole process: the
// alarm's clock thread counts.
import { createAlarm } from '../plugins/artillery-engine-undici/arrivals/alarm.ts';

const SECONDS = Number(process.env.SECONDS ?? 10);
const RATES = [10, 100, 500, 2000];

type At = (dueAt: number, callback: () => void) => void;

/** As a scheduler without an alarm would do it: the rest of the way in whole milliseconds. */
const byTimeout: At = (dueAt, callback) => void setTimeout(callback, Math.max(0, dueAt - performance.now()));

interface Figures {
  readonly latenessMs: readonly number[];
  readonly cpuMicrosPerWake: number;
}

async function measure(at: At, perSec: number): Promise<Figures> {
  const wakes = Math.round(perSec * SECONDS);
  const latenessMs: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const startAt = performance.now() + 50;
  const cpuBefore = process.cpuUsage();
  const dueAtOf = (wake: number): number => startAt + (wake * 1000) / perSec;
  const ask = (wake: number): void => {
    at(dueAtOf(wake), () => {
      const now = performance.now();
      let next = wake;
      do latenessMs.push(now - dueAtOf(next++));
      while (next < wakes && dueAtOf(next) <= now);
      if (next < wakes) ask(next);
      else resolve();
    });
  };
  ask(0);
  await promise;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { latenessMs: latenessMs.toSorted((a, b) => a - b), cpuMicrosPerWake: (user + system) / wakes };
}

function row(what: string, perSec: number, { latenessMs, cpuMicrosPerWake }: Figures): string {
  const quantile = (share: number): string => {
    return (latenessMs[Math.floor((latenessMs.length - 1) * share)] ?? Number.NaN).toFixed(3);
  };
  const cells = [
    String(perSec),
    what,
    quantile(0),
    quantile(0.5),
    quantile(0.9),
    quantile(0.99),
    cpuMicrosPerWake.toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

const alarm = createAlarm();
const alive = setInterval(() => undefined, 1000);
// The clock's thread starts.
await new Promise((resolve) => setTimeout(resolve, 500));
console.log(
  '| a second | by | earliest, ms late | p50 | p90 | p99 | CPU, µs per wake |\n|---:|---|---:|---:|---:|---:|---:|',
);
for (const perSec of RATES) {
  console.log(row('setTimeout', perSec, await measure(byTimeout, perSec)));
  console.log(row('alarm', perSec, await measure(alarm.at, perSec)));
}
clearInterval(alive);
alarm.close();
