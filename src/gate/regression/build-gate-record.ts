import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../../exit-codes.ts';
import type { Bounds } from '../../stats/index.ts';
import type { ComparedRow } from './compare-pairs.ts';
import { reasonOf } from './gate-reason.ts';
import { GATE_VERSION, type GateRecord, type GateRow } from './gate-record.ts';
import type { GateStep } from './judge-gate.ts';
import type { GatePolicy } from './policy.ts';

/** What is known about a comparison beside its answer. */
export type GateDetails = Pick<
  GateRecord,
  | 'test'
  | 'startedAt'
  | 'endedAt'
  | 'seed'
  | 'replay'
  | 'environment'
  | 'baseline'
  | 'candidate'
  | 'plan'
  | 'marginPositions'
  | 'pairs'
> & {
  readonly policy: GatePolicy;
  /** A signal ended it: whatever was measured until then, nobody waited for the answer. */
  readonly interruptedBy?: 'SIGINT' | 'SIGTERM';
};

/** Puts an answer into the form of `gate.json`. A step that wants to go on is inconclusive here. */
export function buildGateRecord(step: GateStep, details: GateDetails): GateRecord {
  const { interruptedBy, policy, ...rest } = details;
  const answer = interruptedBy !== undefined || step.kind === 'continue' ? 'inconclusive' : step.kind;
  const { health, comparison } = step;
  return {
    schema: 'proving-ground/gate',
    version: GATE_VERSION,
    ...rest,
    policy: {
      ...policy,
      margins: policy.margins.map((rule) => ({ ...rule })),
      gating: [...policy.gating],
      gatingKinds: [...policy.gatingKinds],
      looks: [...policy.looks],
    },
    answer,
    reason: interruptedBy === undefined ? reasonOf(step) : `it was interrupted after ${pairsIn(rest.pairs.length)}`,
    exitCode: exitCodeOf(answer, interruptedBy),
    ...(answer === 'regressed' && step.kind === 'regressed' ? { culprit: structuredCopy(step.culprit) } : {}),
    health: {
      pairs: rest.pairs.length,
      kept: health.kept.length,
      dropped: health.dropped.length,
      spoiled: structuredCopy(health.spoiled),
    },
    rows: comparison.rows.map(rowOf),
    refused: structuredCopy(comparison.refused),
  };
}

function pairsIn(count: number): string {
  return count === 1 ? 'one pair' : `${count} pairs`;
}

function exitCodeOf(answer: GateRecord['answer'], interruptedBy: GateDetails['interruptedBy']): ExitCode {
  if (interruptedBy !== undefined) return exitCodeOfSignal(interruptedBy);
  if (answer === 'regressed') return EXIT_CODES.regressed;
  return answer === 'inconclusive' ? EXIT_CODES.inconclusive : EXIT_CODES.passed;
}

/** JSON knows no infinity. */
function rowOf({ interval, jointInterval, minimumDetectable, answer, ...row }: ComparedRow): GateRow {
  return {
    ...row,
    target: { ...row.target },
    change: withoutSign(row.change),
    interval: closed(interval),
    jointInterval: closed(jointInterval),
    minimumDetectable: finite(minimumDetectable),
    answer:
      answer.kind === 'inconclusive' && answer.morePairs !== undefined
        ? { kind: answer.kind, morePairs: answer.morePairs }
        : { kind: answer.kind },
  };
}

function closed({ low, high }: Bounds): GateRow['interval'] {
  return { low: finite(low), high: finite(high) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? withoutSign(value) : null;
}

/** JSON knows no -0. */
function withoutSign(value: number): number {
  return value === 0 ? 0 : value;
}

/** The same content without the readonly marks, which the types of records do not have. */
function structuredCopy<T>(value: T): Writable<T> {
  return JSON.parse(JSON.stringify(value)) as Writable<T>;
}

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
