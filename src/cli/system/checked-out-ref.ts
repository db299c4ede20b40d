import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { systemErrorCode, UserFault } from '../../errors.ts';
import { createOwnFolder, removeLeftFolders } from './own-folder.ts';

/** A version of this repository in a folder of its own. */
export interface CheckedOutRef {
  readonly folder: string;
  /** The full hash. */
  readonly commit: string;
  /** Takes the folder away. */
  remove(): void;
}

/** Where `npm ci` keeps what it installs, in this checkout and in its workspaces. */
const INSTALLED = 'node_modules';

/**
 * Checks a ref out into a temporary folder and installs what it needs: where its lock is that of this checkout, as links to what is installed here,
 * which takes seconds; else with `npm ci`. Without a lock nothing is installed.
 *
 * @param say is told what takes long.
 * @throws UserFault `ref-unusable`; of an aborted installation the reason of its signal. The folder is taken away then.
 */
export async function checkOutRef(
  ref: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<CheckedOutRef> {
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`], ref).trim();
  const root = git(['rev-parse', '--show-toplevel'], ref).trim();
  const parent = createOwnFolder('gate');
  const folder = join(parent, 'checkout');
  const remove = (): void => {
    spawnSync('git', ['worktree', 'remove', '--force', folder], { cwd: root, stdio: 'ignore' });
    rmSync(parent, { recursive: true, force: true });
    spawnSync('git', ['worktree', 'prune'], { cwd: root, stdio: 'ignore' });
  };
  try {
    git(['worktree', 'add', '--detach', folder, commit], ref, root);
    await install({ root, folder, ref, say, signal });
  } catch (thrown) {
    remove();
    throw thrown;
  }
  return { folder, commit, remove };
}

/** Takes away what commands that were killed have left behind: their folders, and what git remembers of those that it checked out. */
export function removeLeftovers(): void {
  if (removeLeftFolders() > 0) spawnSync('git', ['worktree', 'prune'], { stdio: 'ignore' });
}

interface Installation {
  readonly root: string;
  readonly folder: string;
  readonly ref: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

async function install({ root, folder, ref, say, signal }: Installation): Promise<void> {
  const lock = 'package-lock.json';
  if (!existsSync(join(folder, lock))) return;
  if (isSame(join(root, lock), join(folder, lock)) && linkInstalled(root, folder)) return;
  say(`Installing what ${ref} needs (npm ci)`);
  try {
    await promisify(execFile)('npm', ['ci', '--loglevel=error'], { cwd: folder, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new UserFault('ref-unusable', `npm ci failed in ${ref}`, { hint: lastLines(cause, 5).join('\n  '), cause });
  }
}

function isSame(first: string, second: string): boolean {
  return existsSync(first) && readFileSync(first).equals(readFileSync(second));
}

/**
 * Hard links, not a link to the folder: packages of workspaces are links to `../src` and the like in there, which have to lead to the files
 * of the ref and not to those of this checkout.
 */
function linkInstalled(root: string, folder: string): boolean {
  const places = installedBelow(root);
  if (places.length === 0) return false;
  return places.every((place) => {
    // A workspace that the ref does not have.
    if (!existsSync(join(folder, dirname(place)))) return true;
    return spawnSync('cp', ['-al', join(root, place), join(folder, place)], { stdio: 'ignore' }).status === 0;
  });
}

/** Relative paths of the topmost `node_modules`, which git ignores. */
function installedBelow(root: string): string[] {
  const listed = spawnSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.stdout
    .split('\n')
    .map((line) => line.replace(/\/$/, ''))
    .filter((path) => path === INSTALLED || path.endsWith(`/${INSTALLED}`));
}

function git(parameters: readonly string[], ref: string, cwd?: string): string {
  try {
    return execFileSync('git', parameters, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') {
      throw new UserFault('ref-unusable', 'git is not installed', { hint: 'Name a URL or a command instead.', cause });
    }
    throw new UserFault('ref-unusable', `${JSON.stringify(ref)} cannot be checked out as a git ref here`, {
      hint: `${lastLine(cause)} A command that starts the system holds a space, or is written command:….`,
      cause,
    });
  }
}

function lastLine(cause: unknown): string {
  const [line = ''] = lastLines(cause, 1);
  return line === '' ? '' : `git says: ${line.replace(/\.?$/, '.')}`;
}

/** Of what a command wrote to stderr. */
function lastLines(cause: unknown, most: number): string[] {
  const text = typeof cause === 'object' && cause !== null && 'stderr' in cause ? String(cause.stderr) : '';
  return text.trim().split('\n').slice(-most);
}
