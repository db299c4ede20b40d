import { expect, test } from 'vitest';
import { normalUpper } from './normal.ts';
import { createProbitModel, type ProbitGrid, type ProbitTrial } from './probit-posterior.ts';
import { createRandom } from './random.ts';

const GRID: ProbitGrid = {
  low: 0,
  high: 1,
  step: 0.05,
  widths: [0.05, 0.2],
  lapses: [0.02, 0.1],
  lapsePasses: 0.25,
};
const TRIALS: readonly ProbitTrial[] = [
  { at: 0.2, isPassed: true },
  { at: 0.75, isPassed: false },
  { at: 0.4, isPassed: true },
  { at: 0.4, isPassed: false },
  { at: 0.6, isPassed: true },
];
const LOCATIONS = Array.from({ length: 21 }, (_, index) => index * 0.05);

/** Written down as the model is defined: no tables, no folding. */
function massByHand(trials: readonly ProbitTrial[]): number[] {
  const likelihood = LOCATIONS.map((location) =>
    GRID.widths
      .flatMap((width) => GRID.lapses.map((lapse) => ({ width, lapse })))
      .reduce((sum, { width, lapse }) => {
        const chances = trials.map(({ at, isPassed }) => {
          const chance = (1 - lapse) * normalUpper((at - location) / width) + lapse * GRID.lapsePasses;
          return isPassed ? chance : 1 - chance;
        });
        return sum + chances.reduce((product, chance) => product * chance, 1);
      }, 0),
  );
  const all = likelihood.reduce((sum, value) => sum + value, 0);
  return likelihood.map((value) => value / all);
}

const entropyOf = (mass: readonly number[]): number => mass.reduce((sum, value) => sum - value * Math.log(value), 0);

test('the posterior is that of Bayes, location by location', () => {
  const posterior = createProbitModel(GRID)(TRIALS);
  let below = 0;
  massByHand(TRIALS).forEach((share, index) => {
    // In the middle of its mass lies the location itself.
    expect(posterior.quantile(below + share / 2)).toBeCloseTo(LOCATIONS[index] ?? 0, 8);
    below += share;
  });
});

test('the gain is what the entropy falls by, on average over both outcomes', () => {
  const posterior = createProbitModel(GRID)(TRIALS);
  const before = massByHand(TRIALS);
  for (const at of [0.1, 0.5, 0.9]) {
    const afterPass = massByHand([...TRIALS, { at, isPassed: true }]);
    const afterFail = massByHand([...TRIALS, { at, isPassed: false }]);
    // From the law of total probability, at a location where both outcomes differ.
    const at0 = afterPass[0] ?? 0;
    const pass = ((before[0] ?? 0) - (afterFail[0] ?? 0)) / (at0 - (afterFail[0] ?? 0));
    const expected = entropyOf(before) - pass * entropyOf(afterPass) - (1 - pass) * entropyOf(afterFail);
    expect(posterior.gain(at)).toBeCloseTo(expected, 6);
  }
});

test('the order of the trials does not matter', () => {
  const model = createProbitModel(GRID);
  expect(model([...TRIALS].reverse()).quantile(0.3)).toBeCloseTo(model(TRIALS).quantile(0.3), 10);
});

test('without trials, every location is as likely', () => {
  const posterior = createProbitModel(GRID)([]);
  expect(posterior.quantile(0.5)).toBeCloseTo(0.5, 10);
  expect(posterior.quantile(0.025)).toBeCloseTo(-0.025 + 0.025 * 1.05, 10);
});

test('one lapse far below does not drag the answer along', () => {
  const random = createRandom('lapses');
  const honest = Array.from({ length: 30 }, (): ProbitTrial => {
    const at = random.next();
    return { at, isPassed: random.chance(normalUpper((at - 0.6) / 0.05)) };
  });
  const model = createProbitModel(GRID);
  const lapsed = model([...honest, { at: 0.05, isPassed: false }]);
  expect(Math.abs(lapsed.quantile(0.5) - model(honest).quantile(0.5))).toBeLessThan(0.02);
});
