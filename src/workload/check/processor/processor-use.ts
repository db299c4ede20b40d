import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { type Cursor, textAt } from '../cursor.ts';
import type { SourceFile } from '../source-file.ts';
import type { ConfigView, ProcessorUse } from '../test-model.ts';
import { readProcessor } from './read-processor.ts';

/** The processors that a test may run with: one, unless its environments name others. */
export function processorsOf(views: readonly ConfigView[], script: SourceFile): ProcessorUse[] {
  const uses = new Map<string, ProcessorUse>();
  for (const { config } of views) {
    const cursor = config.at('processor');
    const path = textAt(cursor);
    if (path === undefined || path === '') continue;
    const candidates = foldersOf(cursor, script).map((folder) => resolve(folder, path));
    const key = candidates.join('\n');
    if (!uses.has(key)) uses.set(key, useOf(cursor, candidates));
  }
  return [...uses.values()];
}

/** With `--config`, the folder of that file comes first, and that of the test still counts. */
function foldersOf({ source }: Cursor, script: SourceFile): string[] {
  return [...new Set([dirname(source.absolutePath), dirname(script.absolutePath)])];
}

function useOf(cursor: Cursor, candidates: readonly string[]): ProcessorUse {
  if (textAt(cursor)?.includes('{{') === true) {
    return { cursor, file: undefined, state: 'unknown', processor: undefined };
  }
  const file = candidates.map(loadableFile).find((found) => found !== undefined);
  if (file === undefined) return { cursor, file, state: 'missing', processor: undefined };
  return { cursor, file, state: 'found', processor: readProcessor(file) };
}

const require = createRequire(import.meta.url);

/** The file that Artillery would load for a path: as Node's `require` finds it, that is with or without `.js`. */
function loadableFile(path: string): string | undefined {
  try {
    return require.resolve(path);
  } catch {
    return undefined;
  }
}
