import { dirname, resolve } from 'node:path';
import { readSourceFile, type SourceFault, type SourceFile } from './source-file.ts';

/** Reads each file once. */
export interface SourceStore {
  read(path: string): SourceFile | SourceFault;
}

/** A store that reads from disk. */
export function createSourceStore(): SourceStore {
  const known = new Map<string, SourceFile | SourceFault>();
  return {
    read: (path) => {
      const absolute = resolve(path);
      const before = known.get(absolute);
      if (before !== undefined) return before;
      const now = readSourceFile(absolute);
      known.set(absolute, now);
      return now;
    },
  };
}

/** A path that a file names, seen from the folder of that file. */
export function besideOf({ absolutePath }: SourceFile, path: string): string {
  return resolve(dirname(absolutePath), path);
}
