import { type Spread, spreadOf } from '../measure/spread.ts';
import { ARTILLERYS, OURS } from './artillery-generators.ts';
import type { Workload } from './job.ts';
import type { Measurement } from './measure-run.ts';
import { UNDICI } from './other-generators.ts';
import type { Cell, CellResult } from './rounds.ts';

/** One row of the table. */
export interface Row extends Cell {
  readonly requestsPerCpuSecond: Spread;
  readonly requestsPerSec: Spread;
  readonly utilisation: Spread;
  /** Requests per CPU-second against Artillery's own engine in the same round; undefined where it was not measured. */
  readonly toArtillery: Spread | undefined;
  /** The same against undici's own loop. */
  readonly toUndici: Spread | undefined;
}

/** A promise of ours, held against what was measured. */
export interface Goal {
  readonly text: string;
  /** undefined where what it needs was not measured. */
  readonly measured: Spread | undefined;
  readonly isReached: boolean | undefined;
}

/** Puts all rounds of a cell into one row. */
export function compare(cells: readonly CellResult[]): Row[] {
  return cells.map(({ byRound, ...cell }) => {
    const measurements = [...byRound.values()];
    return {
      ...cell,
      requestsPerCpuSecond: spreadOf(measurements.map((each) => each.requestsPerCpuSecond)),
      requestsPerSec: spreadOf(measurements.map((each) => each.requestsPerSec)),
      utilisation: spreadOf(measurements.map((each) => each.utilisation)),
      toArtillery: ratioTo(ARTILLERYS.name, { ...cell, byRound }, cells),
      toUndici: ratioTo(UNDICI.name, { ...cell, byRound }, cells),
    };
  });
}

function ratioTo(name: string, cell: CellResult, cells: readonly CellResult[]): Spread | undefined {
  const base = cells.find(
    ({ generator, workload, load }) =>
      generator === name && workload === cell.workload && load === cell.load && generator !== cell.generator,
  );
  const ratios = [...cell.byRound].flatMap(([round, measurement]) => {
    const other: Measurement | undefined = base?.byRound.get(round);
    return other === undefined ? [] : [measurement.requestsPerCpuSecond / other.requestsPerCpuSecond];
  });
  return ratios.length === 0 ? undefined : spreadOf(ratios);
}

/** What our engine is to reach, by the median of the rounds. */
export function goalsOf(cells: readonly CellResult[]): Goal[] {
  const ours = (workload: Workload, other: string): Spread | undefined => {
    const isOurs = (cell: CellResult): boolean =>
      cell.generator === OURS.name && cell.workload === workload && cell.load === 'saturated';
    const cell = cells.find(isOurs);
    return cell === undefined ? undefined : ratioTo(other, cell, cells);
  };
  const installed = ['k6', 'locust'].filter((name) => cells.some(({ generator }) => generator === name));
  return [
    goal("bare GETs, saturated: 15 times Artillery's engine", ours('bare', ARTILLERYS.name), 15),
    goal("bare GETs, saturated: 0.55 of undici's own loop", ours('bare', UNDICI.name), 0.55),
    goal("POST, saturated: 8 times Artillery's engine", ours('post', ARTILLERYS.name), 8),
    ...installed.flatMap((name) => [
      goal(`bare GETs, saturated: not slower than ${name}`, ours('bare', name), 1),
      goal(`POST, saturated: not slower than ${name}`, ours('post', name), 1),
    ]),
  ];
}

function goal(text: string, measured: Spread | undefined, least: number): Goal {
  return { text, measured, isReached: measured === undefined ? undefined : measured.median >= least };
}
