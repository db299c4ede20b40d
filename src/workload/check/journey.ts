import { isEntry } from '../plan/entry.ts';
import type { Dialect } from '../schema/steps.ts';
import { type Cursor, isPresent, textsAt } from './cursor.ts';

/** One step of a flow, includes already replaced by what they stand for. */
export interface Step {
  /** The step as a whole: a map with its kind as a key. */
  readonly cursor: Cursor;
  /** `get`, `think`, `loop`; the first key of the step. */
  readonly kind: string;
  /** The steps of a loop or of a parallel step. */
  readonly children: readonly Step[];
}

/** What one kind of user does, or what runs before or after the test. */
export interface Journey {
  readonly role: 'scenario' | 'before' | 'after';
  /** As reports call it; undefined if it has no name. */
  readonly name: string | undefined;
  readonly engine: string;
  /** undefined: an engine that is not known here; nothing is said about its steps. */
  readonly dialect: Dialect | undefined;
  /** Where it stands in the test, and, if it is nothing but an include, the files that it comes from: first wins. */
  readonly heads: readonly [Cursor, ...Cursor[]];
  readonly steps: readonly Step[];
}

/** The hooks that a scenario may name. */
export const SCENARIO_HOOKS = ['beforeScenario', 'afterScenario', 'beforeRequest', 'afterResponse', 'onError'] as const;

/** The value of a key of a journey, from where it counts: the test wins over the file that it includes. */
export function headValue({ heads }: Journey, key: string): Cursor {
  const [first] = heads;
  return heads.map((head) => head.at(key)).find(isPresent) ?? first.at(key);
}

/** The functions that the hooks of a journey name, those of the included file too. */
export function hookNames({ heads }: Journey, hooks: readonly string[] = SCENARIO_HOOKS): Cursor[] {
  return heads.flatMap((head) => hooks.flatMap((hook) => textsAt(head.at(hook))));
}

/** All steps of a flow, those inside loops and parallel steps too. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.children)]);
}

/** The dialect of an engine; undefined for engines that are not known here. */
export function dialectOf(engine: string): Dialect | undefined {
  if (engine === 'http' || engine === 'undici') return 'http';
  return engine === 'ws' || engine === 'socketio' ? engine : undefined;
}

/** What a journey is called in messages. */
export function labelOf({ role, name, heads: [head] }: Journey): string {
  if (role !== 'scenario') return role;
  const index = head.path.findLast((step) => typeof step === 'number');
  return name === undefined ? `scenario ${Number(index ?? 0) + 1}` : `scenario "${name}"`;
}

/** The first key of a step. */
export function kindOf(cursor: Cursor): string {
  return cursor.keys()[0] ?? '';
}

/** Whether a value is a journey: a map with a flow. */
export function isJourney(value: unknown): boolean {
  return isEntry(value) && 'flow' in value;
}
