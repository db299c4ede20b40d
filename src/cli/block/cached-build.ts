import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readCached, writeCached } from '../../cached-text.ts';

/** What Artillery asks of esbuild: one file out of one. */
export interface BuildOptions {
  readonly entryPoints: readonly string[];
  readonly outfile: string;
}

/** `esbuild.buildSync`, as far as it is used here. With `metafile` it tells of what files the result is made. */
export type BuildSync = (options: BuildOptions & { readonly metafile?: boolean }) => {
  readonly metafile?: { readonly inputs: Readonly<Record<string, unknown>> };
};

/**
 * A `buildSync` that builds only what has changed since the last time; else it writes the same output again.
 *
 * @param folder of the cache; need not exist.
 * @param builder changes with the version of esbuild.
 * @param load called only when there is something to build: esbuild takes as long to load as to build.
 */
export function cachedBuild(folder: string, builder: string, load: () => BuildSync): BuildSync {
  return (options) => {
    const { entryPoints, outfile } = options;
    const name = join(folder, sumOf(entryPoints));
    const [listFile, outputFile] = [`${name}.inputs.js`, `${name}.js`];
    const known = inputsIn(readCached(listFile, builder));
    const cached = readCached(outputFile, keyOf(builder, options, known));
    if (cached !== undefined) {
      mkdirSync(dirname(outfile), { recursive: true });
      writeFileSync(outfile, cached);
      return {};
    }
    const result = load()({ ...options, metafile: true });
    const inputs = [...Object.keys(result.metafile?.inputs ?? {}), ...settingsAbove(entryPoints)].map((path) =>
      resolve(path),
    );
    writeCached(listFile, builder, JSON.stringify(inputs));
    writeCached(outputFile, keyOf(builder, options, inputs), readFileSync(outfile, 'utf8'));
    return result;
  };
}

/** Absolute paths. An input that is new stands in one that has changed, so a list that is out of date has another key anyway. */
function inputsIn(list: string | undefined): string[] {
  return list === undefined ? [] : (JSON.parse(list) as string[]);
}

/** Of the builder, the options, and all inputs with what they hold. */
function keyOf(builder: string, options: BuildOptions, inputs: readonly string[]): string {
  return sumOf([builder, JSON.stringify(options), ...inputs.flatMap((path) => [path, textOf(path)])]);
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function sumOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** They decide how types are taken away and where imports lead, and esbuild does not count them among its inputs. One that is not there yet counts, too. */
function settingsAbove(entries: readonly string[]): string[] {
  return entries.flatMap((entry) => {
    const files: string[] = [];
    for (let folder = dirname(resolve(entry)); ; folder = dirname(folder)) {
      files.push(join(folder, 'tsconfig.json'), join(folder, 'package.json'));
      if (folder === dirname(folder)) return files;
    }
  });
}
