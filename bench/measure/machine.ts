import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const GIB = 1024 ** 3;

/** The machine that figures hold for, in one sentence. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / GIB)} GiB`;
  return `${availableParallelism()} cores of ${model}, ${memory}, Linux ${release()}, Node ${process.versions.node}`;
}

/** Load on the machine before the bench adds its own: runnable processes, mean of the last minute. */
export function loadBefore(): number {
  return loadavg()[0] ?? Number.NaN;
}
