import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../cache-folder.ts';
import { cachedText } from '../../../cached-text.ts';
import { linkModules, sourcesOf } from './link-modules.ts';

/**
 * A module and everything it imports as one classic script. Erasing the types of fifty modules takes half a second, in which a run that is
 * over does not end; the script is the same from run to run, and cached.
 *
 * @throws RangeError for a module that cannot be linked.
 */
export function cachedScript(entry: URL): string {
  const sources = sourcesOf(entry);
  return cachedText(placeOf(entry), keyOf(sources), () => linkModules(entry, sources));
}

function placeOf(entry: URL): string {
  return join(cacheFolder(), `${createHash('sha256').update(entry.href).digest('hex').slice(0, 16)}.js`);
}

/** Node erases the types, and does it differently in the next version, perhaps. */
function keyOf(sources: ReadonlyMap<string, string>): string {
  const linker = ['link-modules.ts', 'strip-types.ts'].map((file) => new URL(file, import.meta.url));
  const hash = createHash('sha256').update(process.version);
  for (const url of linker) hash.update(readFileSync(url));
  for (const [href, source] of sources) hash.update(JSON.stringify([href, source]));
  return hash.digest('hex');
}
