import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const GIB = 1024 ** 3;

/** The machine that figures hold for, in one sentence. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / GIB)} GiB`;
  return `${availableParallelism()} cores of ${model}, ${memory}, Linux ${release()}, Node ${process.versions.node}`;
}

/** For how long the machine is watched, milliseconds. */
const WATCH_MS = 1_000;
/** Share of all processors' time above which figures are no good. */
const BUSY = 0.1;

/**
 * What the machine is busy with before the bench begins, in a sentence: one that other work disturbs says so in its tables. Watches it for a second, since a
 * load average still holds what ended minutes ago.
 */
export async function describeLoad(): Promise<string> {
  const before = processorTimes();
  await sleep(WATCH_MS);
  const after = processorTimes();
  const share = (after.worked - before.worked) / (after.all - before.all);
  const warning = ' **The machine was busy with other work: these figures are provisional.**';
  return `Processors before: ${(share * 100).toFixed(0)} % busy.${share > BUSY ? warning : ''}`;
}

/** Of all processors, milliseconds since the machine was started. */
function processorTimes(): { readonly worked: number; readonly all: number } {
  const times = cpus().flatMap((cpu) => Object.entries(cpu.times));
  const sumOf = (chosen: typeof times): number => chosen.reduce((sum, [, ms]) => sum + ms, 0);
  return { worked: sumOf(times.filter(([state]) => state !== 'idle')), all: sumOf(times) };
}
