export { quantileByRank, quantileOfSorted } from './quantile.ts';
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
