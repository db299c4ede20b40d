import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core each side of a bench runs on. */
export interface Cores {
  readonly target: number;
  readonly generator: number;
  /** Every core but that of the target, as `taskset` takes it: `1-3`. */
  readonly others: string;
}

/**
 * Target and generator on a core of their own, so that neither takes time from the other; undefined where `taskset`
 * is missing or there is only one core.
 */
export function findCores(): Cores | undefined {
  if (availableParallelism() < 2 || !isInstalled('taskset')) return undefined;
  const last = availableParallelism() - 1;
  return { target: 0, generator: 1, others: `1-${last}` };
}

/** The command that runs `argv` on some cores only; `argv` itself when there is nothing to choose. */
export function pinned(argv: readonly string[], core: number | string | undefined): string[] {
  return core === undefined ? [...argv] : ['taskset', '-c', String(core), ...argv];
}

/** True when a program of this name is on the PATH. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
