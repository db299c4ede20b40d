import { normalUpper } from './normal.ts';

/** What is thought possible before the first trial. Every combination is equally likely. */
export interface ProbitGrid {
  /** Lowest and highest location, and the step between two; `step` above 0. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Standard deviations of the fall from "always passes" to "never passes", each above 0. */
  readonly widths: readonly number[];
  /** Shares of trials that are lapses, 0–1: their outcome says nothing about where they were made. */
  readonly lapses: readonly number[];
  /** The chance that a lapse passes, 0–1. */
  readonly lapsePasses: number;
}

/** One trial: where, and whether it passed. */
export interface ProbitTrial {
  /** In units of the grid; taken at the nearest step of it. */
  readonly at: number;
  readonly isPassed: boolean;
}

/** What is known of the location after some trials. */
export interface ProbitPosterior {
  /** The location below which a share `p` of the probability lies; 0 < p < 1. */
  quantile(p: number): number;
  /** How much one more trial there is expected to tell about the location, in nats, 0 or more. */
  gain(at: number): number;
}

/**
 * Where trials stop to pass: each passes with the chance (1 − lapse) · Φ((location − at) / width) + lapse · lapsePasses. The posterior
 * of the location is summed on a grid over all widths and lapses, so that not knowing them makes it wider (A. B. Watson and
 * D. G. Pelli, Perception & Psychophysics 33, 1983; with L. L. Kontsevich and C. W. Tyler, Vision Research 39, 1999, for the gain).
 *
 * @returns what makes posteriors out of trials; the order of the trials does not matter.
 * @example createProbitModel(grid)([{ at: 0.4, isPassed: true }, { at: 0.6, isPassed: false }]).quantile(0.5) // 0.5
 */
export function createProbitModel(grid: ProbitGrid): (trials: readonly ProbitTrial[]) => ProbitPosterior {
  const count = Math.floor((grid.high - grid.low) / grid.step + 1e-9) + 1;
  // The chance depends on the distance alone, which is a whole number of steps.
  const falls = grid.widths.map((width) =>
    Float64Array.from({ length: 2 * count - 1 }, (_, index) => normalUpper(((count - 1 - index) * grid.step) / width)),
  );
  return (trials) => posteriorOf({ grid, count, falls }, trials);
}

interface Frame {
  readonly grid: ProbitGrid;
  /** Number of locations. */
  readonly count: number;
  /** Per width: Φ of every distance from −(count − 1) to count − 1 steps. */
  readonly falls: readonly Float64Array[];
}

/** One width and one lapse, with the probability of each location. */
interface Layer {
  readonly fall: Float64Array;
  readonly lapse: number;
  readonly weights: Float64Array;
}

function posteriorOf(frame: Frame, trials: readonly ProbitTrial[]): ProbitPosterior {
  const { grid, count, falls } = frame;
  const layers = falls.flatMap((fall) =>
    grid.lapses.map((lapse): Layer => ({ fall, lapse, weights: new Float64Array(count).fill(1) })),
  );
  for (const trial of trials) observe(frame, layers, trial);
  const widths = falls.map((fall) => foldLapses(frame, fall, layers));
  const mass = massOf(count, widths, () => 1, 1);
  return {
    quantile: (p) => grid.low + grid.step * quantileOfMass(mass, p),
    gain: (at) => {
      const offset = count - 1 - stepOf(frame, at);
      const passed = massOf(count, widths, ({ fall }, index) => fall[index + offset] ?? 0, grid.lapsePasses);
      const failed = mass.map((all, index) => Math.max(0, all - (passed[index] ?? 0)));
      return Math.max(0, entropyOf(mass) - entropyOf(passed) - entropyOf(failed));
    },
  };
}

/** Multiplies by what one trial says, and makes the sum 1 again. */
function observe(frame: Frame, layers: readonly Layer[], { at, isPassed }: ProbitTrial): void {
  const { grid, count } = frame;
  const offset = count - 1 - stepOf(frame, at);
  let sum = 0;
  for (const { fall, lapse, weights } of layers) {
    for (let index = 0; index < count; index += 1) {
      const chance = (1 - lapse) * (fall[index + offset] ?? 0) + lapse * grid.lapsePasses;
      const product = (weights[index] ?? 0) * (isPassed ? chance : 1 - chance);
      weights[index] = product;
      sum += product;
    }
  }
  for (const { weights } of layers) {
    for (let index = 0; index < count; index += 1) weights[index] = (weights[index] ?? 0) / sum;
  }
}

function stepOf({ grid, count }: Frame, at: number): number {
  return Math.min(count - 1, Math.max(0, Math.round((at - grid.low) / grid.step)));
}

/** All lapses of one width: the probability of each location together with a trial that is clean, or lapsed. */
interface Width {
  readonly fall: Float64Array;
  readonly clean: Float64Array;
  readonly lapsed: Float64Array;
}

/** Summed once, since the gain is asked for many places. */
function foldLapses({ count }: Frame, fall: Float64Array, layers: readonly Layer[]): Width {
  const [clean, lapsed] = [new Float64Array(count), new Float64Array(count)];
  for (const layer of layers.filter((candidate) => candidate.fall === fall)) {
    for (let index = 0; index < count; index += 1) {
      const weight = layer.weights[index] ?? 0;
      clean[index] = (clean[index] ?? 0) + weight * (1 - layer.lapse);
      lapsed[index] = (lapsed[index] ?? 0) + weight * layer.lapse;
    }
  }
  return { fall, clean, lapsed };
}

/** The probability of each location together with an outcome that has these chances. */
function massOf(
  count: number,
  widths: readonly Width[],
  cleanChance: (width: Width, index: number) => number,
  lapsedChance: number,
): Float64Array {
  const mass = new Float64Array(count);
  for (const width of widths) {
    for (let index = 0; index < count; index += 1) {
      const clean = (width.clean[index] ?? 0) * cleanChance(width, index);
      mass[index] = (mass[index] ?? 0) + clean + (width.lapsed[index] ?? 0) * lapsedChance;
    }
  }
  return mass;
}

/** Nats, times the sum of the mass: so those of two outcomes add up to what is expected. */
function entropyOf(mass: Float64Array): number {
  let [sum, terms] = [0, 0];
  for (const value of mass) {
    sum += value;
    if (value > 0) terms += value * Math.log(value);
  }
  return sum > 0 ? sum * Math.log(sum) - terms : 0;
}

/** In steps from the lowest location; each location stands for half a step on both sides. */
function quantileOfMass(mass: Float64Array, p: number): number {
  const wanted = p * mass.reduce((total, value) => total + value, 0);
  let below = 0;
  for (const [index, value] of mass.entries()) {
    if (below + value >= wanted && value > 0) return index - 0.5 + (wanted - below) / value;
    below += value;
  }
  return mass.length - 0.5;
}
