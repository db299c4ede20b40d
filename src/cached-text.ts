import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Texts that take long to make. A file of the cache that cannot be read or is damaged is as good as none, and where none can be written none is
// cached: neither is a fault.

/**
 * A text that takes long to make, from the cache when it was made before; else it is made, and cached for the next time.
 *
 * @param key of everything that the text is made of: another key, another text.
 */
export function cachedText(file: string, key: string, make: () => string): string {
  const cached = readCached(file, key);
  if (cached !== undefined) return cached;
  const text = make();
  writeCached(file, key, text);
  return text;
}

/** What was cached there under this key; undefined: nothing. */
export function readCached(file: string, key: string): string | undefined {
  try {
    const whole = readFileSync(file, 'utf8');
    const end = whole.indexOf('\n');
    const text = whole.slice(end + 1);
    return whole.slice(0, end) === header(key, text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Half a file does not fit the sum of the whole. */
function header(key: string, text: string): string {
  return `// ${key} ${createHash('sha256').update(text).digest('hex')}`;
}

/** Caches a text in place of whatever was cached there. */
export function writeCached(file: string, key: string, text: string): void {
  // Several runs may end at the same time.
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, `${header(key, text)}\n${text}`);
    renameSync(part, file);
  } catch {
    // A folder in which only others may write, or a full disk: next time it is made again.
  }
}
