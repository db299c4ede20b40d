export { closingLook, type Look, type LookShape, plannedLooks } from './alpha-looks.ts';
export { benjaminiHochberg } from './benjamini-hochberg.ts';
export { blockLengthFor, bootstrapQuantiles } from './block-bootstrap.ts';
export { bestSplit, changePoints } from './change-points.ts';
export { detectableEffect } from './detectable-effect.ts';
export { fisherExact } from './fisher-exact.ts';
export { type Bounds, hodgesLehmann, signedRankInterval, walshAverages } from './hodges-lehmann.ts';
export { batchMeans, warmUpOf } from './mser.ts';
export { nonNegativeLeastSquares } from './non-negative-least-squares.ts';
export { predictionInterval } from './prediction-interval.ts';
export { createProbitModel, type ProbitGrid, type ProbitPosterior } from './probit-posterior.ts';
export { quantileByRank, quantileOfSorted } from './quantile.ts';
export { upperQuantileBound, valuesNeeded } from './quantile-bound.ts';
export { createRandom, type Random } from './random.ts';
export { ratioInterval } from './ratio-interval.ts';
export { type Slope, senSlope } from './sen-interval.ts';
export { jointSignFlips } from './sign-flips.ts';
export { signedRankTest } from './signed-rank.ts';
export {
  copySketch,
  decodeSketch,
  encodeSketch,
  mergeSketches,
  quantileOf,
  type Sketch,
  type Summary,
  sketchOf,
  summarise,
} from './sketch.ts';
export { SlidingValues } from './sliding-values.ts';
export { studentQuantile } from './student-t.ts';
export { trendOf } from './trend-test.ts';
export { momentsOf, welchTest } from './welch.ts';
export { wilsonInterval } from './wilson-interval.ts';
