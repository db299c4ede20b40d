import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '../../errors.ts';

const KINDS = ['gate', 'gate-data', 'gate-block', 'capacity'] as const;
const NAME = new RegExp(`^(?:${KINDS.join('|')})-\\w{6}$`);
const OWNER_FILE = '.owner.json';

const owner = z.object({
  pid: z.int().min(1),
  host: z.string(),
  /** Which processes that number is among: a container counts its own. */
  namespace: z.string(),
});

/** Makes a temporary folder in which stands whose it is, so that it can be told from those of commands that were killed. */
export function createOwnFolder(kind: (typeof KINDS)[number], temporary = tmpdir()): string {
  const folder = mkdtempSync(join(temporary, `${kind}-`));
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify({ pid: process.pid, ...here() }));
  return folder;
}

/**
 * Takes away the folders of commands that ended before they could do it themselves. One stays when it is somebody else's, when it does not say
 * whose it is, or when its process may live, be it elsewhere.
 *
 * @returns how many they were.
 */
export function removeLeftFolders(temporary = tmpdir()): number {
  const left = readdirSync(temporary)
    .filter((name) => NAME.test(name))
    .map((name) => join(temporary, name))
    .filter(isLeft);
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
  return left.length;
}

function isLeft(folder: string): boolean {
  try {
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== process.getuid?.()) return false;
    const { pid, host, namespace } = owner.parse(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')));
    const own = here();
    return host === own.host && namespace === own.namespace && !mayLive(pid);
  } catch {
    // Gone in between, or none of ours.
    return false;
  }
}

/** Another process may have the number by now. */
function mayLive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return systemErrorCode(thrown) !== 'ESRCH';
  }
}

function here(): { readonly host: string; readonly namespace: string } {
  return { host: hostname(), namespace: processNamespace() };
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'the only one';
  }
}
