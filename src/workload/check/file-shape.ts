import { config as configSchema } from '../schema/config.ts';
import { TEST_KEYS } from '../schema/test-script.ts';
import { type Cursor, cursorAt, isPresent } from './cursor.ts';
import { atValue, type Finding } from './finding.ts';
import { checkShape, NO_FAULTS, type ShapeFaults, together, type UnknownKey, unknownKey } from './shape.ts';
import type { SourceFile } from './source-file.ts';
import type { TestModel } from './test-model.ts';

/**
 * The form of a test but for its scenarios, which are read with what they include: the keys at the top, and `config`, also
 * that of a file of its own.
 *
 * @param isTest whether it must have scenarios.
 */
export function checkFileShape(test: TestModel, isTest: boolean): ShapeFaults {
  const unknownKeys = unknownTopKeys(test.root);
  const findings = isTest ? missingScenarios(test.root, unknownKeys) : [];
  return together([{ findings, unknownKeys }, ...test.files.map(configFaults)]);
}

function configFaults(file: SourceFile): ShapeFaults {
  const config = cursorAt(file, ['config']);
  return isPresent(config) ? checkShape(configSchema, config) : NO_FAULTS;
}

function unknownTopKeys(root: Cursor): UnknownKey[] {
  const unknown = root.keys().filter((key) => !TEST_KEYS.includes(key));
  return unknown.map((key) => ({ key, owner: root, finding: unknownKey(key, root, 'a test', TEST_KEYS) }));
}

/** A test without scenarios; a misspelt key has been named already. */
function missingScenarios(root: Cursor, keys: readonly UnknownKey[]): Finding[] {
  const scenarios = root.at('scenarios');
  if (Array.isArray(scenarios.value)) return [];
  if (!isPresent(scenarios) && keys.some(({ finding }) => finding.suggestion === 'scenarios')) return [];
  const message = isPresent(scenarios) ? 'scenarios is no list' : 'scenarios is missing';
  const code = isPresent(scenarios) ? 'wrong-type' : 'missing-key';
  return [atValue(code, scenarios, { message, allowed: ['a list of scenarios'] })];
}
