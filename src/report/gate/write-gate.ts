import type { GateRecord } from '../../gate/regression/index.ts';
import { outputRedactor } from '../../record/index.ts';
import { writeResult } from '../result-folder.ts';
import { gateHtml } from './gate-html.ts';
import { gateJunit } from './gate-junit.ts';
import { gateMarkdown } from './gate-markdown.ts';

/** Everything of a comparison, in its folder. */
export const GATE_FILE = 'gate.json';

/**
 * Writes a comparison into its folder: `gate.json`, `summary.md`, `junit.xml` and `report.html`, each whole or not at all; secrets that are
 * known are left out.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeGate(folder: string, record: GateRecord): void {
  const shown = outputRedactor.texts(record);
  const files = {
    [GATE_FILE]: `${JSON.stringify(shown, null, 1)}\n`,
    'summary.md': gateMarkdown(shown),
    'junit.xml': gateJunit(shown),
    'report.html': gateHtml(shown),
  };
  writeResult(folder, files, 'latest-gate');
}
