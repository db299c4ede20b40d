import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { outputRedactor } from '../../record/index.ts';
import { writeResult } from '../result-folder.ts';
import { capacityHtml } from './capacity-html.ts';
import { capacityJunit } from './capacity-junit.ts';
import { capacityMarkdown } from './capacity-markdown.ts';

/**
 * Writes a search into its folder: `capacity.json`, `summary.md`, `junit.xml` and `report.html`, each whole or not at all; secrets that are
 * known are left out.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeCapacity(folder: string, record: CapacityRecord): void {
  const shown = outputRedactor.texts(record);
  const files = {
    'capacity.json': `${JSON.stringify(shown, null, 1)}\n`,
    'summary.md': capacityMarkdown(shown),
    'junit.xml': capacityJunit(shown),
    'report.html': capacityHtml(shown),
  };
  writeResult(folder, files, 'latest-capacity');
}
