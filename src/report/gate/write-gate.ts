import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode, UserFault } from '../../errors.ts';
import type { GateRecord } from '../../gate/regression/index.ts';
import { outputRedactor } from '../../record/index.ts';
import { gateHtml } from './gate-html.ts';
import { gateJunit } from './gate-junit.ts';
import { gateMarkdown } from './gate-markdown.ts';

/** Everything of a comparison, in its folder. */
export const GATE_FILE = 'gate.json';

const LATEST = 'latest-gate';

/**
 * Writes a comparison into its folder: `gate.json`, `summary.md`, `junit.xml` and `report.html`, each whole or not at all; secrets that are
 * known are left out.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeGate(folder: string, record: GateRecord): void {
  const shown = outputRedactor.texts(record);
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(join(folder, GATE_FILE), `${JSON.stringify(shown, null, 1)}\n`);
    writeWhole(join(folder, 'summary.md'), gateMarkdown(shown));
    writeWhole(join(folder, 'junit.xml'), gateJunit(shown));
    writeWhole(join(folder, 'report.html'), gateHtml(shown));
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
  pointLatestTo(folder);
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

function pointLatestTo(folder: string): void {
  const link = join(dirname(folder), LATEST);
  try {
    rmSync(link, { force: true });
    symlinkSync(basename(folder), link, 'junction');
  } catch {
    // A file system without links: only the shortcut is missing.
  }
}
