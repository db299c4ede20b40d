import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const GIB = 1024 ** 3;

/** The machine that figures hold for, in one sentence. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / GIB)} GiB`;
  return `${availableParallelism()} cores of ${model}, ${memory}, Linux ${release()}, Node ${process.versions.node}`;
}

/** Runnable processes per core above which figures are no good. */
const BUSY = 0.5;

/** What the machine was busy with before the bench began, in a sentence: one that other work disturbs says so in its tables. */
export function describeLoad(): string {
  const [load = Number.NaN] = loadavg();
  const isBusy = load > BUSY * availableParallelism();
  const warning = ' **The machine was busy with other work: these figures are provisional.**';
  return `Load of the machine before: ${load.toFixed(2)}.${isBusy ? warning : ''}`;
}
