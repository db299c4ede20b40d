import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode, UserFault } from '../errors.ts';

/**
 * Writes what a command ends with into its folder, each file whole or not at all, and lets a link beside the folder point to it.
 *
 * @param files their texts, by name.
 * @param latest the name of the link.
 * @throws UserFault `report-unwritable`.
 */
export function writeResult(folder: string, files: Readonly<Record<string, string>>, latest: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeWhole(join(folder, name), text);
  } catch (cause) {
    throw new UserFault(
      'report-unwritable',
      `${folder} cannot be written: ${systemErrorCode(cause) ?? String(cause)}`,
      {
        hint: 'Free some space, or name another folder with --output.',
        cause,
      },
    );
  }
  pointLatestTo(folder, latest);
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

function pointLatestTo(folder: string, latest: string): void {
  const link = join(dirname(folder), latest);
  try {
    rmSync(link, { force: true });
    symlinkSync(basename(folder), link, 'junction');
  } catch {
    // A file system without links: only the shortcut is missing.
  }
}
