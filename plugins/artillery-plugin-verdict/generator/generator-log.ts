import type { GeneratorSecond, MachineSecond } from 'proving-ground/record/index.ts';
import { type MachineProbe, startMachineProbe } from './machine-probe.ts';

/** What is known of the generator, in the form of `run.json`. */
export interface GeneratorEvidence {
  readonly generator: readonly GeneratorSecond[];
  readonly machine: readonly MachineSecond[];
}

/** Collects, in the main process, what workers and machine say each second. */
export interface GeneratorLog {
  /** The first phase begins; later calls change nothing. */
  start(epochMs: number): void;
  /** @param second `at` in milliseconds since the epoch. */
  add(second: GeneratorSecond): void;
  /** Times count from the start; empty if there was none. */
  evidence(): GeneratorEvidence;
}

const SECOND_MS = 1_000;

/** An empty log. @param startProbe the machine. */
export function createGeneratorLog(startProbe: () => MachineProbe = startMachineProbe): GeneratorLog {
  const seconds: GeneratorSecond[] = [];
  const machine: MachineSecond[] = [];
  let startedAt: number | undefined;

  return {
    start: (epochMs) => {
      if (startedAt !== undefined) return;
      startedAt = epochMs;
      const probe = startProbe();
      setInterval(() => machine.push(probe.look()), SECOND_MS).unref();
    },
    add: (second) => {
      seconds.push(second);
    },
    evidence: () => {
      if (startedAt === undefined) return { generator: [], machine: [] };
      const zero = startedAt;
      return { generator: since(zero, seconds), machine: since(zero, machine) };
    },
  };
}

/** What lies mostly before the start was setting up. */
function since<T extends { readonly at: number; readonly spanMs: number }>(zero: number, seconds: readonly T[]): T[] {
  return seconds
    .filter(({ at, spanMs }) => at + spanMs / 2 >= zero)
    .map((second) => ({ ...second, at: Math.round(second.at - zero) / 1000 }));
}
