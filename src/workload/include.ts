import { dirname, relative, resolve } from 'node:path';
import { type Position, UserFault } from '../errors.ts';
import { readTestFile, type TestFile, type YamlPath } from './test-file.ts';

type Entry = Readonly<Record<string, unknown>>;

/** The hook lists of a scenario. Plugins append their own hooks to the entry before it is expanded. */
const HOOKS = ['beforeScenario', 'afterScenario', 'beforeRequest', 'afterResponse', 'onError'] as const;

/** Lists of steps that may hold includes. */
const STEP_LISTS = ['flow', 'loop', 'parallel'] as const;

/** Where an entry was read. */
interface Place {
  /** The file that the entry stands in, absolute. */
  readonly file: string;
  /** The files that were included on the way here, outermost first, absolute. */
  readonly chain: readonly string[];
  /** Where something below the entry stands, for messages. */
  readonly position: (path: YamlPath) => Position | undefined;
}

/** What an included file holds, and where it is. */
interface Included {
  readonly content: unknown;
  readonly place: Place;
}

/**
 * Replaces every step `- include: <path>` by what the named file holds; paths are relative to the file that names them.
 *
 * A scenario whose flow is nothing but one include takes everything from the file: its name, weight, hooks and flow. Keys
 * that stand beside that flow win over those of the file (`weight: 3`), except hooks, which are put after the file's own.
 * Anywhere else an included file is a list of steps.
 *
 * Artillery checks a test before any plugin sees it and wants a flow in every scenario, hence the include inside it.
 *
 * @param scenarios as Artillery parsed them; not changed.
 * @param file the test file, absolute or relative to the working directory.
 * @throws UserFault `include-unreadable`, `include-shape`, `include-loop`, `test-file-syntax`.
 */
export function expandIncludes(scenarios: readonly unknown[], file: string): unknown[] {
  const absolute = resolve(file);
  const test = positionsOf(file);
  const place: Place = {
    file: absolute,
    chain: [absolute],
    position: (path) => test?.position(['scenarios', ...path]),
  };
  return scenarios.map((scenario, index) => expandScenario(scenario, below(place, [index])));
}

/** The test file is read again only for positions; a test given as JSON or on another machine has none. */
function positionsOf(file: string): TestFile | undefined {
  try {
    return readTestFile(file);
  } catch {
    return undefined;
  }
}

function expandScenario(scenario: unknown, place: Place): unknown {
  if (!isEntry(scenario)) return scenario;
  const included = soleInclude(scenario, place);
  if (included === undefined || !isScenario(included.content)) return expandSteps(scenario, place);
  const { flow: _, ...beside } = scenario;
  return override(expandEntry(included.content, included.place), beside);
}

function soleInclude({ flow }: Entry, place: Place): Included | undefined {
  if (!Array.isArray(flow) || flow.length !== 1) return undefined;
  return isEntry(flow[0]) && 'include' in flow[0] ? read(flow[0], below(place, ['flow', 0])) : undefined;
}

/** A scenario of an included file, which may itself be nothing but an include. */
function expandEntry(entry: unknown, place: Place): Entry {
  const expanded = expandScenario(entry, place);
  return isEntry(expanded) ? expanded : {};
}

function expandSteps(entry: Entry, place: Place): Entry {
  const expanded: Record<string, unknown> = { ...entry };
  for (const key of STEP_LISTS) {
    const steps = entry[key];
    if (Array.isArray(steps)) expanded[key] = expandStepList(steps, below(place, [key]));
  }
  return expanded;
}

function expandStepList(steps: readonly unknown[], place: Place): unknown[] {
  return steps.flatMap((step: unknown, index) => expandStep(step, below(place, [index])));
}

function expandStep(step: unknown, place: Place): unknown[] {
  // Artillery flattens one level of nested lists in a flow, a relic of YAML anchors; such lists stay as they are.
  if (!isEntry(step)) return [step];
  if (!('include' in step)) return [expandSteps(step, place)];
  const { content, place: inside } = read(step, place);
  if (Array.isArray(content)) return expandStepList(content, inside);
  throw new UserFault('include-shape', `${shown(inside.file)} holds no list of steps`, {
    position: place.position(['include']),
    hint: 'A whole journey (name, flow) can be included only as the single step of a flow.',
  });
}

function read({ include }: Entry, place: Place): Included {
  const position = place.position(['include']);
  if (typeof include !== 'string' || include === '') {
    throw new UserFault('include-shape', `include is ${JSON.stringify(include)}; it must be the path of a YAML file`, {
      position,
    });
  }
  const path = resolve(dirname(place.file), include);
  if (place.chain.includes(path)) {
    const circle = [...place.chain.slice(place.chain.indexOf(path)), path].map(shown).join(' → ');
    throw new UserFault('include-loop', `includes go round in a circle: ${circle}`, {
      position,
      hint: 'Take one of them out.',
    });
  }
  const file = readIncluded(path, include, position);
  return { content: file.content, place: { file: path, chain: [...place.chain, path], position: file.position } };
}

function readIncluded(path: string, include: string, position: Position | undefined): TestFile {
  try {
    return readTestFile(shown(path));
  } catch (cause) {
    if (cause instanceof UserFault && cause.code === 'test-file-syntax') throw cause;
    throw new UserFault('include-unreadable', `include: ${include} cannot be read; looked for ${shown(path)}`, {
      position,
      hint: 'The path is relative to the file that includes it.',
      cause,
    });
  }
}

function override(included: Entry, overrides: Entry): Entry {
  const merged: Record<string, unknown> = { ...included, ...overrides };
  for (const hook of HOOKS) {
    if (hook in included && hook in overrides) merged[hook] = [...asList(included[hook]), ...asList(overrides[hook])];
  }
  return merged;
}

function below(place: Place, path: YamlPath): Place {
  return { ...place, position: (rest) => place.position([...path, ...rest]) };
}

/** A path as the user would type it. */
function shown(path: string): string {
  return relative(process.cwd(), path);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isScenario(value: unknown): value is Entry {
  return isEntry(value) && 'flow' in value;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
