import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import type { GateRecord } from '../gate/regression/index.ts';

/** Where a command measures, for whoever reads its result elsewhere. */
export function environmentHere(): GateRecord['environment'] {
  const processors = cpus();
  const commit = commitHere();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: processors.length,
    cpuModel: processors[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    ...(commit === undefined ? {} : { commit }),
  };
}

function commitHere(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
