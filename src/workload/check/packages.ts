import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { plugins } from '../schema/plugin-options.ts';
import { type Cursor, textAt } from './cursor.ts';

/** Plugins whose options and habits are known here: Artillery's own and ours. */
export const KNOWN_PLUGINS: readonly string[] = Object.keys(plugins.shape);

/** Engines whose scenarios are known here. */
export const KNOWN_ENGINES = ['http', 'ws', 'socketio', 'undici', 'playwright'];

/** Engines that need no package. */
export const BUILT_IN_ENGINES = ['http', 'ws', 'socketio'];

/** Whether a configuration loads code that may read keys which are not known here. */
export function isForeign(config: Cursor): boolean {
  const isUnknown = (known: readonly string[]) => (name: string) => !known.includes(name);
  return (
    config.at('plugins').keys().some(isUnknown(KNOWN_PLUGINS)) ||
    config.at('engines').keys().some(isUnknown(KNOWN_ENGINES))
  );
}

/** A package that Artillery would find. */
export interface FoundPackage {
  /** The file that it would load; undefined where the package is only taken for installed. */
  readonly file: string | undefined;
}

/** Finds packages where Artillery itself would; undefined: they are not there. */
export interface PackageFinder {
  plugin(name: string, options: Cursor, config: Cursor): FoundPackage | undefined;
  engine(name: string): FoundPackage | undefined;
  package(name: string): FoundPackage | undefined;
}

/**
 * Looks for packages from the place where Artillery is installed, as it does: a package of that name first, then those that
 * come with Artillery, then the folders in `ARTILLERY_PLUGIN_PATH`.
 *
 * @param folders where to look for Artillery itself; the first that has it counts.
 * @param installed packages that count as found.
 * @returns undefined if none has it: then nothing can be said.
 */
export function findPackages(
  folders: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  installed: readonly string[] = [],
): PackageFinder | undefined {
  const home = folders.map(artilleryIn).find((found) => found !== undefined);
  if (home === undefined) return undefined;
  const require = createRequire(join(home, 'dist', 'lib', 'load-plugins.js'));
  const builtIn = join(home, 'dist', 'builtin-packages');
  const extra = (env.ARTILLERY_PLUGIN_PATH ?? '').split(':').filter((folder) => folder !== '');
  const find = (name: string, places: readonly string[]): FoundPackage | undefined => {
    if (installed.includes(name)) return { file: undefined };
    const file = places.map((place) => resolved(require, join(place, name))).find((found) => found !== undefined);
    return file === undefined ? undefined : { file };
  };
  return {
    plugin: (name, options, config) => {
      const prefix = textAt(options.at('scope')) ?? textAt(config.at('pluginsScope')) ?? 'artillery-plugin-';
      return find(`${prefix}${name}`, ['', builtIn, ...extra]);
    },
    engine: (name) =>
      BUILT_IN_ENGINES.includes(name) ? { file: undefined } : find(`artillery-engine-${name}`, ['', builtIn]),
    package: (name) => find(name, ['']),
  };
}

function artilleryIn(folder: string): string | undefined {
  try {
    return dirname(createRequire(join(folder, 'any.js')).resolve('artillery/package.json'));
  } catch {
    return undefined;
  }
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
