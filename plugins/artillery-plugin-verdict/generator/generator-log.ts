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
      return { generator: since(zero, withAllArrivals(zero, seconds)), machine: since(zero, machine) };
    },
  };
}

/** What lies mostly before the start was setting up. */
function isSetUp({ at, spanMs }: { readonly at: number; readonly spanMs: number }, zero: number): boolean {
  return at + spanMs / 2 < zero;
}

/** The first users may have come at the end of a second that was otherwise setting up: they count with the next of their worker. */
function withAllArrivals(zero: number, seconds: readonly GeneratorSecond[]): GeneratorSecond[] {
  const early = new Map<number, number>();
  return seconds.map((second) => {
    const { worker, arrivals } = second;
    const carried = early.get(worker) ?? 0;
    early.set(worker, isSetUp(second, zero) ? carried + arrivals : 0);
    return { ...second, arrivals: arrivals + carried };
  });
}

function since<T extends { readonly at: number; readonly spanMs: number }>(zero: number, seconds: readonly T[]): T[] {
  return seconds
    .filter((second) => !isSetUp(second, zero))
    .map((second) => ({ ...second, at: Math.round(second.at - zero) / 1000 }));
}
