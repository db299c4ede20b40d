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
