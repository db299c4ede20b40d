import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const EXTENSIONS = ['', '.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.json'];

/** What a compiler writes for what it reads. */
const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
  [/\.cjs$/, '.cts'],
];

/**
 * The file that a module names by a relative path, as bundlers look for it: with or without extension, `.js` for `.ts`, a
 * folder for its index.
 *
 * @returns undefined for packages, and for files that do not exist.
 */
export function resolveModule(importer: string, request: string): string | undefined {
  return /^\.{0,2}\//.test(request) || request === '.' || request === '..'
    ? existingFile(resolve(dirname(importer), request))
    : undefined;
}

/** The file at a path that may lack its extension, or be a folder with an index. */
function existingFile(path: string): string | undefined {
  const renamed = SOURCES.flatMap(([from, to]) => (from.test(path) ? [path.replace(from, to)] : []));
  const candidates = [path, join(path, 'index')].flatMap((base) => EXTENSIONS.map((extension) => base + extension));
  return [...candidates, ...renamed].find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
