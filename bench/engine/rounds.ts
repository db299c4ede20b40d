import type { Progress } from '../measure/progress.ts';
import type { Target } from '../targets/target.ts';
import type { Generator, Load, Workload } from './job.ts';
import { type Measurement, measureRun } from './measure-run.ts';

/** What a bench compares, and how patiently. */
export interface BenchPlan {
  readonly generators: readonly Generator[];
  readonly workloads: readonly Workload[];
  readonly loads: readonly Load[];
  readonly rounds: number;
  readonly windowMs: number;
  readonly warmUpScale: number;
  /** The core of the generators, if they are kept to one. */
  readonly core: number | undefined;
  readonly targetOf: (workload: Workload) => Target;
}

/** One generator at one kind of load. */
export interface Cell {
  readonly generator: string;
  readonly workload: Workload;
  readonly load: Load;
}

/** What all rounds measured of one cell; by round, so that figures of the same round can be compared. */
export interface CellResult extends Cell {
  readonly byRound: ReadonlyMap<number, Measurement>;
}

/** Everything a bench found. */
export interface BenchResult {
  readonly cells: readonly CellResult[];
  /** One line for each measurement that did not succeed. */
  readonly failures: readonly string[];
}

interface OpenCell extends Cell {
  readonly plan: Generator;
  readonly byRound: Map<number, Measurement>;
}

/**
 * Measures every cell once per round, one after the other: a disturbance of the machine meets neighbours in the table, and
 * not all measurements of one generator. A generator that fails is left out of that round.
 */
export async function runRounds(plan: BenchPlan, progress: (total: number) => Progress): Promise<BenchResult> {
  const cells = cellsOf(plan);
  const failures: string[] = [];
  const { step } = progress(plan.rounds * cells.length);
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const cell of cells) {
      step(`round ${round}: ${cell.generator}, ${cell.workload}, ${cell.load}`);
      try {
        cell.byRound.set(round, await measureCell(plan, cell));
      } catch (thrown) {
        failures.push(`${cell.generator}, ${cell.workload}, ${cell.load}, round ${round}: ${String(thrown)}`);
      }
    }
  }
  return { cells: cells.filter(({ byRound }) => byRound.size > 0), failures };
}

function cellsOf({ workloads, loads, generators }: BenchPlan): OpenCell[] {
  return workloads.flatMap((workload) =>
    loads.flatMap((load) =>
      generators
        .filter((generator) => generator.can(workload, load))
        .map((plan) => ({ generator: plan.name, workload, load, plan, byRound: new Map<number, Measurement>() })),
    ),
  );
}

function measureCell(plan: BenchPlan, { plan: generator, workload, load }: OpenCell): Promise<Measurement> {
  const { core, windowMs, warmUpScale } = plan;
  return measureRun({ generator, workload, load, target: plan.targetOf(workload), core, windowMs, warmUpScale });
}
