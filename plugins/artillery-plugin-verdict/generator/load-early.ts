import { decodeSketch, encodeSketch, sketchOf } from 'proving-ground/stats/sketch.ts';

/**
 * Loads what Artillery and this plugin load only when the first figures are sent, and received. By then a test that runs out
 * of descriptors has none left to read a file with: the run would die instead of saying what it ran out of.
 */
export function loadEarly(): void {
  decodeSketch(encodeSketch(sketchOf([])));
}
