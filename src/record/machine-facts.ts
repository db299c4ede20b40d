import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { z } from 'zod';

/** Where something was measured, for whoever reads its figures elsewhere. */
export const machineFacts = z.object({
  node: z.string(),
  platform: z.string(),
  cpus: z.number(),
  cpuModel: z.string(),
  memoryBytes: z.number(),
  /** Of the checkout that the command ran in, where there is one. */
  commit: z.string().exactOptional(),
});

export type MachineFacts = z.infer<typeof machineFacts>;

/** This machine, and the commit that is checked out in the folder that we are in. */
export function machineHere(): MachineFacts {
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
