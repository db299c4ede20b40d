import type { z } from 'zod';
import { didYouMean } from '../schema/closest.ts';
import { request } from '../schema/request.ts';
import { METHODS } from '../schema/steps.ts';
import { readWording } from '../schema/wording.ts';
import { soundsSecret } from '../secrets/secret-names.ts';
import type { Cursor } from './cursor.ts';
import { atKey, atValue, type Finding } from './finding.ts';
import { quoteValue } from './quote.ts';
import { isWrongKind, readableIssues } from './shape-issues.ts';
import { subjectOf } from './subject.ts';

type Issue = z.core.$ZodIssue;

/** A key that is not among the known ones, so that others can say whether they know it. */
export interface UnknownKey {
  readonly finding: Finding;
  readonly key: string;
  /** The map that the key stands in. */
  readonly owner: Cursor;
}

/** What is wrong with the form of a value. */
export interface ShapeFaults {
  readonly findings: readonly Finding[];
  readonly unknownKeys: readonly UnknownKey[];
}

/** Nothing is wrong. */
export const NO_FAULTS: ShapeFaults = { findings: [], unknownKeys: [] };

/** Everything that is wrong with several values. */
export function together(parts: readonly ShapeFaults[]): ShapeFaults {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    unknownKeys: parts.flatMap(({ unknownKeys }) => unknownKeys),
  };
}

/**
 * Compares the value at a cursor with its definition.
 *
 * @param steps the steps that are allowed where the definition says "a step".
 */
export function checkShape(schema: z.ZodType, cursor: Cursor, steps: readonly string[] = []): ShapeFaults {
  const parsed = schema.safeParse(cursor.value);
  if (parsed.success) return NO_FAULTS;
  const issues = readableIssues(parsed.error.issues, cursor.value);
  return {
    findings: issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? [] : issueFindings(issue, cursor, steps),
    ),
    unknownKeys: issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue, cursor) : [])),
  };
}

function unknownKeys(issue: Extract<Issue, { code: 'unrecognized_keys' }>, root: Cursor): UnknownKey[] {
  const owner = root.at(...pathOf(issue));
  const { what, keys: allowed } = readWording(issue.message);
  return issue.keys.map((key) => ({ key, owner, finding: unknownKey(key, owner, what, allowed) }));
}

/** A key that does not exist, with those that do. @param what what the map is: `a phase`. */
export function unknownKey(key: string, owner: Cursor, what: string, allowed: readonly string[]): Finding {
  const free = allowed.filter((name) => !owner.keys().includes(name));
  const suggestion = didYouMean(key, free);
  const hint = whereItBelongs(key, what, allowed);
  return atKey('unknown-key', owner.at(key), {
    message: `${subjectOf(owner)}${key} is not a key of ${what}`,
    found: key,
    allowed,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A key that exists, but one level higher or lower. */
function whereItBelongs(key: string, what: string, allowed: readonly string[]): string | undefined {
  const isRequestStep = allowed.length === 1 && METHODS.some((method) => method === allowed[0]);
  if (isRequestStep && key in request.shape) return `Indent it further, so that it belongs to ${allowed[0]}.`;
  const isBesideEmit = what === 'an emit' && ['namespace', 'response', 'acknowledge'].includes(key);
  return isBesideEmit ? 'It stands beside emit, not in it.' : undefined;
}

/** A step that is none of those that the engine knows, or more than one of them. */
function wrongStep(cursor: Cursor, steps: readonly string[]): Finding {
  const actions = cursor.keys().filter((key) => steps.includes(key));
  if (actions.length > 1) {
    const message = `one step does two things: ${actions.join(' and ')}`;
    return atKey('step-with-two-actions', cursor.at(actions[1] ?? ''), { message, found: actions.join(', ') });
  }
  const [key = ''] = cursor.keys();
  const suggestion = didYouMean(key, steps);
  return atKey('unknown-step', cursor.at(key), {
    message: `${key} is not a step`,
    found: key,
    allowed: steps,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function issueFindings(issue: Issue, root: Cursor, steps: readonly string[]): Finding[] {
  const cursor = root.at(...pathOf(issue));
  if (cursor.value === undefined) return isInEnvironment(cursor) ? [] : [missingKey(issue, cursor)];
  const allowed = allowedBy(issue);
  if (allowed === 'a step' && cursor.keys().length > 0) return [wrongStep(cursor, steps)];
  return [wrongValue(issue, cursor, allowed)];
}

/** An environment may leave out whatever the test itself says. */
function isInEnvironment({ path: [first, second] }: Cursor): boolean {
  return first === 'config' && second === 'environments';
}

function wrongValue(issue: Issue, cursor: Cursor, allowed: string): Finding {
  const name = nameOf(cursor);
  const found = soundsSecret(name) ? 'something else' : quoteValue(cursor.value);
  const code = isWrongKind(issue) ? 'wrong-type' : 'impossible-value';
  const suggestion = typeof cursor.value === 'string' ? didYouMean(cursor.value, choicesOf(issue)) : undefined;
  return atValue(code, cursor, {
    message: `${subjectOf(cursor)}${name} is ${found}; allowed is ${allowed}`,
    found,
    allowed: [allowed],
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(cursor.value === null && cursor.path.at(-2) === 'plugins' ? { hint: `Write ${name}: {}` } : {}),
  });
}

function missingKey(issue: Issue, cursor: Cursor): Finding {
  const [key, owner] = [nameOf(cursor), cursor.source];
  const parent = { ...cursor, span: owner.keySpan(cursor.path.slice(0, -1)) };
  return atValue('missing-key', parent, {
    message: `${subjectOf(cursor)}${key} is missing`,
    allowed: [allowedBy(issue)],
  });
}

function pathOf(issue: Issue): (string | number)[] {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

/** The last key of a path; an item of a list is called by the key of its list. */
function nameOf({ path }: Cursor): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'this');
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isOurs(issue.message)
        ? `a map: ${readWording(issue.message).what}`
        : (KINDS[issue.expected] ?? 'another value');
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'too_small':
      if (issue.origin === 'array') return 'a list that is not empty';
      if (issue.origin === 'string') return 'a text that is not empty';
      return `a number ${issue.inclusive === false ? 'above' : 'from'} ${issue.minimum}`;
    case 'too_big':
      return `a number up to ${issue.maximum}`;
    default:
      return readWording(issue.message).what;
  }
}

/** zod's own messages begin like this; anything else is the wording of a definition. */
function isOurs(message: string): boolean {
  return !message.startsWith('Invalid ');
}

function choicesOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(choicesOf) : [];
}
