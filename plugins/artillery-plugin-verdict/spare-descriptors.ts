import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Enough to write every file of a run, one after the other, while something else takes some of them. */
const SPARE = 16;

/**
 * Takes file descriptors that nobody else can use up: where the load has opened as many sockets as the process may, what was
 * measured can still be written.
 *
 * @returns gives them back, the first time; to be called before the writing.
 */
export function keepSpareDescriptors(): () => void {
  const spare: number[] = [];
  try {
    while (spare.length < SPARE) spare.push(openSync(devNull, 'r'));
  } catch {
    // There are hardly any left already; those that could be had are better than none.
  }
  return () => {
    for (const descriptor of spare.splice(0)) closeSync(descriptor);
  };
}
