import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { closest } from '../schema/closest.ts';

/**
 * A file beside one that does not exist whose name is nearly the same.
 *
 * @param absolutePath the file that does not exist.
 * @param written its path as it was written; the suggestion is written the same way.
 * @returns undefined if there is none, or no such folder.
 */
export function similarFile(absolutePath: string, written: string): string | undefined {
  const name = closest(basename(absolutePath), namesIn(dirname(absolutePath)));
  return name === undefined ? undefined : `${written.slice(0, written.length - basename(written).length)}${name}`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
