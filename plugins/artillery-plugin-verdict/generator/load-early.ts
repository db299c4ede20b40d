import { encodeSketch, sketchOf } from 'proving-ground/stats/index.ts';

/**
 * Loads what Artillery and this plugin load only when they are about to send their first figures. By then a test that runs
 * out of descriptors has none left to read a file with: the worker would die instead of saying what it ran out of.
 */
export function loadEarly(): void {
  encodeSketch(sketchOf([]));
}
