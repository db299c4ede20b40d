import { dirname, relative, resolve } from 'node:path';
import { type Position, UserFault } from '../errors.ts';
import { readTestFile, type TestFile, type YamlPath } from './test-file.ts';

type Entry = Readonly<Record<string, unknown>>;

/** The hook lists of a scenario. Plugins append their own hooks to the entry before it is expanded. */
const HOOKS = ['beforeScenario', 'afterScenario', 'beforeRequest', 'afterResponse', 'onError'] as const;

/** Lists of steps that may hold includes themselves. */
const STEP_LISTS = ['loop', 'parallel', 'flow'] as const;

interface Place {
  /** The file that the entry stands in. */
  readonly file: string;
  /** Its includes so far, outermost first, as absolute paths. */
  readonly chain: readonly string[];
  /** Where the entry stands, for messages; undefined when only its content is known. */
  readonly position: Position | undefined;
}

/**
 * Replaces every `- include: <path>` among scenarios, and among the steps of their flows, by what the named file holds:
 * one entry, or a list of them. Paths are relative to the file that names them. Keys beside `include` win over those of
 * the file (`weight: 3`), except hooks, which are put after the file's own.
 *
 * @param scenarios as Artillery parsed them; not changed.
 * @param file the test file, absolute or relative to the working directory.
 * @throws UserFault `include-unreadable`, `include-shape`, `include-loop`, `test-file-syntax`.
 */
export function expandIncludes(scenarios: readonly unknown[], file: string): unknown[] {
  const absolute = resolve(file);
  const test = positionsOf(file);
  return scenarios.flatMap((scenario, index) => {
    const position = test?.position(['scenarios', index]);
    return expandEntry(scenario, { file: absolute, chain: [absolute], position });
  });
}

/** The test file is read again only for positions; a test given as JSON or on another machine has none. */
function positionsOf(file: string): TestFile | undefined {
  try {
    return readTestFile(file);
  } catch {
    return undefined;
  }
}

function expandEntry(entry: unknown, place: Place): unknown[] {
  if (!isEntry(entry)) return [entry];
  if (!('include' in entry)) return [expandSteps(entry, place)];
  const { include, ...overrides } = entry;
  if (typeof include !== 'string' || include === '') {
    throw new UserFault('include-shape', `include is ${JSON.stringify(include)}; it must be the path of a YAML file`, {
      position: place.position,
    });
  }
  return readIncluded(include, place).map((included) => override(included, overrides));
}

function readIncluded(include: string, place: Place): unknown[] {
  const path = resolve(dirname(place.file), include);
  const shown = relative(process.cwd(), path);
  if (place.chain.includes(path)) {
    const loop = [...place.chain.slice(place.chain.indexOf(path)), path].map((file) => relative(process.cwd(), file));
    throw new UserFault('include-loop', `includes go round in a circle: ${loop.join(' → ')}`, {
      position: place.position,
      hint: 'Take one of these includes out.',
    });
  }
  const file = readIncludedFile(shown, include, place);
  const chain = [...place.chain, path];
  const nested = (entry: unknown, at: YamlPath): unknown[] =>
    expandEntry(entry, { file: path, chain, position: file.position(at) });
  if (Array.isArray(file.content)) return file.content.flatMap((entry: unknown, index) => nested(entry, [index]));
  if (isEntry(file.content)) return nested(file.content, []);
  throw new UserFault('include-shape', `${shown} holds no scenario and no list`, {
    position: place.position,
    hint: 'An included file starts with "name:" and "flow:", or with a list of steps.',
  });
}

function readIncludedFile(shown: string, include: string, place: Place): TestFile {
  try {
    return readTestFile(shown);
  } catch (cause) {
    if (cause instanceof UserFault && cause.code === 'test-file-syntax') throw cause;
    throw new UserFault('include-unreadable', `include: ${include} cannot be read; looked for ${shown}`, {
      position: place.position,
      hint: 'The path is relative to the file that includes it.',
      cause,
    });
  }
}

function expandSteps(entry: Entry, place: Place): Entry {
  const expanded: Record<string, unknown> = { ...entry };
  for (const key of STEP_LISTS) {
    const steps = entry[key];
    if (!Array.isArray(steps)) continue;
    // Artillery flattens one level of nested lists in a flow, a relic of YAML anchors; keep such lists as they are.
    expanded[key] = steps.flatMap((step: unknown) => (Array.isArray(step) ? [step] : expandEntry(step, place)));
  }
  return expanded;
}

function override(included: unknown, overrides: Entry): unknown {
  if (!isEntry(included)) return included;
  const merged: Record<string, unknown> = { ...included, ...overrides };
  for (const hook of HOOKS) {
    if (hook in included && hook in overrides) merged[hook] = [...asList(included[hook]), ...asList(overrides[hook])];
  }
  return merged;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
