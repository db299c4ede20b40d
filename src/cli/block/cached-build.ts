import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** What Artillery asks of esbuild: one file out of one. */
export interface BuildOptions {
  readonly entryPoints: readonly string[];
  readonly outfile: string;
}

/** `esbuild.buildSync`, as far as it is used here. With `metafile` it tells of what files the result is made. */
export type BuildSync = (options: BuildOptions & { readonly metafile?: boolean }) => {
  readonly metafile?: { readonly inputs: Readonly<Record<string, unknown>> };
};

const built = z.object({
  /** Of the options, the builder and all inputs with what they held. */
  sum: z.string(),
  /** Absolute paths. */
  inputs: z.array(z.string()),
  output: z.string(),
});

/**
 * A `buildSync` that builds only what has changed since the last time; else it writes the same output again. A cache that cannot be read or
 * written is as good as none: neither is a fault.
 *
 * @param folder of the cache; need not exist.
 * @param builder changes with the version of esbuild.
 * @param load called only when there is something to build: esbuild takes as long to load as to build.
 */
export function cachedBuild(folder: string, builder: string, load: () => BuildSync): BuildSync {
  return (options) => {
    const file = join(folder, `${sumOf([options.entryPoints.join()])}.json`);
    const cached = readBuilt(file);
    if (cached !== undefined && cached.sum === sumOfBuild(builder, options, cached.inputs)) {
      mkdirSync(dirname(options.outfile), { recursive: true });
      writeFileSync(options.outfile, cached.output);
      return {};
    }
    const result = load()({ ...options, metafile: true });
    const inputs = [...Object.keys(result.metafile?.inputs ?? {}), ...settingsAbove(options.entryPoints)];
    const paths = inputs.map((path) => resolve(path));
    write(file, {
      sum: sumOfBuild(builder, options, paths),
      inputs: paths,
      output: readFileSync(options.outfile, 'utf8'),
    });
    return result;
  };
}

function readBuilt(file: string): z.infer<typeof built> | undefined {
  try {
    return built.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function sumOfBuild(builder: string, options: BuildOptions, inputs: readonly string[]): string {
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

function write(file: string, content: z.infer<typeof built>): void {
  // Several runs may begin at the same time.
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, JSON.stringify(content));
    renameSync(part, file);
  } catch {
    // A folder in which only others may write, or a full disk: next time it is built again.
  }
}
