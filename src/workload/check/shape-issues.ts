import type { z } from 'zod';
import { valueIn } from './value-in.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * The issues that a reader can act on. zod says of a value that may have several forms what is wrong with it in each of
 * them; here the form is taken that was most likely meant, and only what is wrong with that one is said.
 */
export function readableIssues(issues: readonly Issue[], root: unknown, above: Path = []): Issue[] {
  return issues.flatMap((issue) => {
    const placed = { ...issue, path: [...above, ...issue.path] };
    if (placed.code !== 'invalid_union') return [placed];
    const value = valueIn(root, placed.path);
    const meant = meantForm(placed.errors, value);
    // What is wrong with the value as a whole is best said by the words for all its forms.
    if (meant === undefined || meant.every(isAboutWhole)) return [placed];
    return readableIssues(meant, root, placed.path);
  });
}

function isAboutWhole({ path, code }: Issue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys' && code !== 'invalid_union';
}

/** Whether a value is of another kind than it should be; a number with a fraction is still a number. */
export function isWrongKind(issue: Issue): boolean {
  if (issue.code === 'invalid_type') return issue.expected !== 'int';
  return issue.code === 'invalid_union' && issue.errors.every(([first]) => first !== undefined && isWrongKind(first));
}

/**
 * The issues of the form that was meant: the one with the fewest faults at its own level, such as a missing key. None if
 * two forms are equally far away, or if the value is of the wrong kind for all of them.
 */
function meantForm(forms: readonly Issue[][], value: unknown): Issue[] | undefined {
  if (value === undefined) return undefined;
  const scored = forms.map((issues) => ({ issues, distance: distanceTo(issues, value) }));
  const nearest = Math.min(...scored.map(({ distance }) => distance));
  const candidates = scored.filter(({ distance }) => distance === nearest);
  const [only] = candidates;
  return candidates.length === 1 && nearest < WRONG_KIND ? only?.issues : undefined;
}

/** A value of another kind (a text where a map belongs) is farther away than any number of keys. */
const WRONG_KIND = 1_000;

function distanceTo(issues: readonly Issue[], value: unknown): number {
  return issues.map((issue) => distanceOf(issue, value)).reduce((sum, distance) => sum + distance, 0);
}

function distanceOf(issue: Issue, value: unknown): number {
  const isHere = issue.path.length === 0;
  if (isHere) {
    if (issue.code === 'unrecognized_keys') return issue.keys.length;
    if (isWrongKind(issue)) return WRONG_KIND;
    // The kind is right and the value is not: a text that is no time, a number out of range.
    return issue.code === 'invalid_union' ? Math.min(...issue.errors.map((form) => distanceTo(form, value))) : 1;
  }
  const isMissing = issue.path.length === 1 && valueIn(value, issue.path) === undefined;
  return isMissing ? 1 : 0;
}
