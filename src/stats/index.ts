export {
  copySketch,
  decodeSketch,
  encodeSketch,
  mergeSketches,
  type Sketch,
  type Summary,
  sketchOf,
  summarise,
} from './sketch.ts';
