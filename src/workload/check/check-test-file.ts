import { cpus } from 'node:os';
import { formatPosition } from '../../errors.ts';
import { defaultWorkers } from '../plan/divide-work.ts';
import { isEntry } from '../plan/entry.ts';
import { closest } from '../schema/closest.ts';
import { TEST_KEYS } from '../schema/test-script.ts';
import { type BuiltModel, buildJourneyModel, buildModel } from './build-model.ts';
import { checkTemplates } from './checks/config-templates.ts';
import { checkCsvFiles } from './checks/csv-files.ts';
import { checkEnvironments } from './checks/environments.ts';
import { checkFunctions } from './checks/functions.ts';
import { checkJourneys } from './checks/journeys.ts';
import { checkPhases } from './checks/phases.ts';
import { checkPackages } from './checks/plugins.ts';
import { checkRequests } from './checks/requests.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkSteps } from './checks/steps.ts';
import { checkTarget } from './checks/target.ts';
import { unreadKeys } from './checks/unknown-keys.ts';
import { checkVariables } from './checks/variables.ts';
import { checkMaxVusers } from './checks/workers.ts';
import { cursorAt } from './cursor.ts';
import { checkFileShape } from './file-shape.ts';
import { atValue, type Finding, sorted, sourceFinding } from './finding.ts';
import { isJourney } from './journey.ts';
import type { CheckOptions } from './options.ts';
import { secretsOfTest } from './secrets-of-test.ts';
import { NO_FAULTS } from './shape.ts';
import { isSourceFault, type SourceFile } from './source-file.ts';
import { createSourceStore } from './source-store.ts';
import type { Check, TestModel } from './test-model.ts';

/** What a file turned out to be. */
export type FileKind = 'test' | 'journey' | 'configuration' | 'targets' | 'other';

/** The result of checking one file. */
export interface CheckedFile {
  readonly kind: FileKind;
  /** By file, line and column; none: nothing is wrong. */
  readonly findings: readonly Finding[];
  /** Texts in the test, its data and the shell that are secrets. Lines that findings quote may hold them. */
  readonly secrets: readonly string[];
}

const CHECKS: readonly Check[] = [
  checkEnvironments,
  checkTarget,
  checkPhases,
  checkMaxVusers,
  checkCsvFiles,
  checkFunctions,
  checkVariables,
  checkTemplates,
  checkSecrets,
  checkPackages,
  checkJourneys,
  checkSteps,
  checkRequests,
];

/**
 * Finds everything that is wrong with a test: with the file itself, with all that it includes, and with what it names
 * (processor, CSV files, plugins). Nothing is executed and nothing is sent.
 *
 * @param path a test, a journey that tests include, or a file with nothing but `config`; relative to the working directory.
 */
export function checkTestFile(path: string, options: CheckOptions = {}): CheckedFile {
  const files = createSourceStore();
  const source = files.read(path);
  if (isSourceFault(source)) return { kind: 'other', findings: [sourceFinding(source)], secrets: [] };
  const kind = kindOf(source);
  if (kind === 'targets') return { kind, findings: [], secrets: [] };
  if (kind === 'other') return { kind, findings: [noTest(source)], secrets: [] };
  const complete = { workers: defaultWorkers(cpus().length), ...options };
  const built = kind === 'journey' ? buildJourneyModel(source, files, complete) : buildModel(source, files, complete);
  return { kind, findings: sorted(findingsOf(built, kind)), secrets: secretsOfTest(built.test) };
}

function kindOf({ content }: SourceFile): FileKind {
  if (Array.isArray(content) && content.length > 0) return 'journey';
  if (!isEntry(content)) return 'other';
  if ('scenarios' in content) return 'test';
  if (isJourney(content)) return 'journey';
  if ('config' in content) return 'configuration';
  if ('targets' in content) return 'targets';
  return Object.keys(content).some((key) => closest(key, TEST_KEYS) !== undefined) ? 'test' : 'other';
}

function findingsOf({ test, ...read }: BuiltModel, kind: FileKind): Finding[] {
  const own = kind === 'journey' ? NO_FAULTS : checkFileShape(test, kind === 'test');
  const keys = unreadKeys([...read.unknownKeys, ...own.unknownKeys], test);
  const shape = [...read.findings, ...own.findings, ...keys];
  const deeper = CHECKS.flatMap((check) => check(test));
  return [...shape, ...deeper.filter((finding) => !isAbout(finding, shape)), ...ruleFaults(test)];
}

/** What is already known to be of the wrong form is not looked at more closely. */
function isAbout({ position }: Finding, shape: readonly Finding[]): boolean {
  return shape.some((known) => formatPosition(known.position) === formatPosition(position));
}

function ruleFaults({
  views,
  journeys,
  processors,
  hasForeignCode,
  options: { rules, isOverridden },
}: TestModel): readonly Finding[] {
  if (rules === undefined || isOverridden === true) return [];
  const mayBeNamedByCode = (name: string): boolean =>
    hasForeignCode || processors.some(({ processor }) => processor?.mentions(name) !== false);
  return views.flatMap(({ config }) => (isEntry(config.value) ? rules({ config, journeys, mayBeNamedByCode }) : []));
}

function noTest(source: SourceFile): Finding {
  const message = 'this is no test: it has neither config nor scenarios, and no flow of a journey';
  return atValue('wrong-type', cursorAt(source), { message, allowed: TEST_KEYS });
}
