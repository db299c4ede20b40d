// After npm has changed package-lock.json: node scripts/lockfile.ts
//
// Takes out what would keep `npm ci` from working elsewhere; scripts/lockfile.test.ts says when that was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const LOCKFILE = fileURLToPath(new URL('../package-lock.json', import.meta.url));

interface Lockfile {
  readonly packages: Record<string, { optional?: boolean; engines?: unknown; resolved?: string; link?: boolean }>;
}

/**
 * A lockfile for any registry and any Node that npm runs on.
 *
 * npm leaves an optional package out where the Node that runs npm is too old for it, and native parts of what everybody needs are optional packages. The
 * Node that they will run on is the one that npm installs.
 *
 * @param text package-lock.json, version 2 or 3.
 */
export function portableLockfile(text: string): string {
  const lockfile = JSON.parse(text) as Lockfile;
  for (const each of Object.values(lockfile.packages)) {
    if (each.optional === true) delete each.engines;
    // Links of a workspace are paths within it.
    if (each.link !== true) delete each.resolved;
  }
  return `${JSON.stringify(lockfile, undefined, 2)}\n`;
}

if (import.meta.main) writeFileSync(LOCKFILE, portableLockfile(readFileSync(LOCKFILE, 'utf8')));
