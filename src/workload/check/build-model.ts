import { z } from 'zod';
import { SCENARIOS } from '../schema/scenario.ts';
import { type Dialect, STEPS } from '../schema/steps.ts';
import { type Cursor, cursorAt, isPresent, textAt } from './cursor.ts';
import { type Finding, sourceFinding } from './finding.ts';
import type { CheckOptions } from './options.ts';
import { overlayCursor } from './overlay-cursor.ts';
import { isForeign } from './packages.ts';
import { processorsOf } from './processor/processor-use.ts';
import { JourneyReader } from './read-journeys.ts';
import type { UnknownKey } from './shape.ts';
import { isSourceFault, type SourceFile } from './source-file.ts';
import type { SourceStore } from './source-store.ts';
import type { ConfigView, TestModel } from './test-model.ts';

/** A test, and what was found while reading it. */
export interface BuiltModel {
  readonly test: TestModel;
  readonly findings: readonly Finding[];
  readonly unknownKeys: readonly UnknownKey[];
}

/** Reads everything that belongs to a test. */
export function buildModel(source: SourceFile, files: SourceStore, options: CheckOptions): BuiltModel {
  const configFile = readConfigFile(files, options);
  const root =
    configFile.source === undefined ? cursorAt(source) : overlayCursor(cursorAt(source), cursorAt(configFile.source));
  const views = viewsOf(root, options);
  const reader = new JourneyReader(files, defaultEngine(views));
  const journeys = [
    ...['before', 'after'].flatMap((role) =>
      isPresent(root.at(role)) ? [reader.read(root.at(role), role as 'before')] : [],
    ),
    ...root
      .at('scenarios')
      .items()
      .map((head) => reader.read(head, 'scenario')),
  ];
  const test: TestModel = {
    source,
    files: [source, ...(configFile.source === undefined ? [] : [configFile.source])],
    root,
    views,
    journeys,
    processors: processorsOf(views, source),
    hasForeignCode: views.some(({ config }) => isForeign(config)),
    options,
  };
  const findings = [...configFile.findings, ...reader.findings];
  return { test, findings, unknownKeys: reader.unknownKeys };
}

/** A file with nothing in it but a journey, or a list of steps, read as if a test included it. */
export function buildJourneyModel(source: SourceFile, files: SourceStore, options: CheckOptions): BuiltModel {
  const root = cursorAt(source);
  const reader = new JourneyReader(files, likelyEngine(source.content));
  const journeys = [Array.isArray(source.content) ? reader.readSteps(root) : reader.read(root, 'scenario')];
  const test = { source, files: [source], root, views: [], journeys, processors: [], hasForeignCode: true, options };
  return { test, findings: reader.findings, unknownKeys: reader.unknownKeys };
}

/** A file that tests include need not say for which engine it is: the first that understands it. */
function likelyEngine(content: unknown): Dialect {
  const dialects = ['http', 'ws', 'socketio'] as const;
  const schemaOf = (dialect: Dialect): z.ZodType =>
    Array.isArray(content) ? z.array(STEPS[dialect]) : SCENARIOS[dialect];
  return dialects.find((dialect) => schemaOf(dialect).safeParse(content).success) ?? 'http';
}

function readConfigFile(
  files: SourceStore,
  { configFile }: CheckOptions,
): { readonly source?: SourceFile; readonly findings: readonly Finding[] } {
  if (configFile === undefined) return { findings: [] };
  const read = files.read(configFile);
  return isSourceFault(read) ? { findings: [sourceFinding(read)] } : { source: read, findings: [] };
}

/**
 * The configurations that a run could have. Without a target of its own, a test can only run with one of its
 * environments.
 */
function viewsOf(root: Cursor, { environment, everyEnvironment = true, target }: CheckOptions): ConfigView[] {
  const config = root.at('config');
  if (!isPresent(config)) return [];
  const environments = config.at('environments');
  const view = (name: string): ConfigView => ({
    environment: name,
    config: overlayCursor(config, environments.at(name)),
  });
  const plain: ConfigView = { environment: undefined, config };
  if (environment !== undefined) return isPresent(environments.at(environment)) ? [view(environment)] : [plain];
  if (!everyEnvironment || environments.keys().length === 0) return [plain];
  const canRunAlone = target !== undefined || isPresent(config.at('target'));
  return [...(canRunAlone ? [plain] : []), ...environments.keys().map(view)];
}

function defaultEngine(views: readonly ConfigView[]): string {
  const [view] = views;
  return (view && textAt(view.config.at('engine'))) ?? 'http';
}
