import { AnswerDocument, type CapturedResponse } from './answer-document.ts';
import { type CaptureSpec, compileExtraction, type Extraction } from './capture-extractors.ts';
import { compileTransform, type Transform } from './capture-transform.ts';
import { writePath } from './property-path.ts';
import { attempt, type Reading } from './reading.ts';
import { compileTemplate, type Template, type TemplateContext } from './template.ts';

/** What became of one capture; in the shape that Artillery gives to plugins. */
export interface CaptureEntry {
  readonly value?: unknown;
  readonly error?: unknown;
  readonly strict: unknown;
  readonly failed: boolean;
}

/** What became of one match. */
export interface MatchEntry {
  readonly success?: boolean;
  readonly expected?: unknown;
  readonly got?: unknown;
  readonly expression?: string;
  readonly error?: unknown;
  readonly strict?: unknown;
}

/** What an answer gave. */
export interface CaptureOutcome {
  /** By the name after `as`. */
  readonly captures: Readonly<Record<string, CaptureEntry>>;
  /** By the expression. */
  readonly matches: Readonly<Record<string, MatchEntry>>;
  /** Something strict was missing or did not match: the user goes no further, and no variable is set. */
  readonly failed: boolean;
}

/** The captures and matches of one request. */
export interface CaptureReader {
  /** False if headers are all that is looked at. */
  readonly needsBody: boolean;
  /**
   * @param defaultStrict what holds for a capture that does not say `strict` itself
   * @param random uniform in [0, 1)
   */
  read(
    response: CapturedResponse,
    context: TemplateContext,
    defaultStrict: boolean,
    random: () => number,
  ): CaptureOutcome;
}

interface Entry extends Extraction {
  readonly name: string | undefined;
  readonly expected: Template | undefined;
  readonly transform: Transform | undefined;
  readonly strict: unknown;
}

function listOf(specs: unknown): readonly CaptureSpec[] {
  if (specs === undefined || specs === null) return [];
  return (Array.isArray(specs) ? specs : [specs]) as readonly CaptureSpec[];
}

function compileEntry(spec: CaptureSpec): Entry {
  return {
    ...compileExtraction(spec),
    name: spec.as ? String(spec.as) : undefined,
    expected: spec.value === undefined ? undefined : compileTemplate(spec.value),
    transform: typeof spec.transform === 'string' ? compileTransform(spec.transform) : undefined,
    strict: spec.strict,
  };
}

function isMissing(reading: Reading<unknown>): boolean {
  return 'error' in reading || reading.value === undefined || reading.value === '';
}

/** Without `strict` of its own a capture is as strict as the test is; `false` always forgives. */
function isStrict(strict: unknown, defaultStrict: boolean): boolean {
  return strict !== false && (defaultStrict || strict !== undefined);
}

type Captures = Record<string, CaptureEntry>;

function valuesOf(captures: Captures): Record<string, unknown> {
  return Object.fromEntries(Object.entries(captures).map(([name, { value }]) => [name, value]));
}

function matchEntry({ expression, strict }: Entry, expected: unknown, reading: Reading<unknown>): MatchEntry {
  if ('error' in reading) return { error: reading.error, strict };
  if (reading.value === expected) return { success: true, expected, expression };
  return { success: false, expected, got: reading.value, expression, strict };
}

function captureEntry({ strict }: Entry, reading: Reading<unknown>, defaultStrict: boolean): CaptureEntry {
  return { ...reading, strict, failed: isMissing(reading) && isStrict(strict, defaultStrict) };
}

/** A value that is there, changed as the capture says. */
function transformed({ name = '', transform }: Entry, reading: Reading<unknown>, captures: Captures): Reading<unknown> {
  if (transform === undefined || 'error' in reading || isMissing(reading)) return reading;
  return attempt(() => transform({ ...valuesOf(captures), [name]: reading.value }));
}

function compileEntries(entries: readonly Entry[]): CaptureReader['read'] {
  return (response, context, defaultStrict, random) => {
    const document = new AnswerDocument(response);
    const captures: Captures = {};
    const matches: Record<string, MatchEntry> = {};
    let hasMismatch = false;
    for (const entry of entries) {
      const { expression, name, expected, strict } = entry;
      const reading = attempt(() => entry.extract(document, context, random));
      if (expected !== undefined) {
        const match = matchEntry(entry, expected.render(context), reading);
        // A later success of the same expression must not cover up that it failed.
        if (match.success !== true || matches[expression] === undefined) matches[expression] = match;
        hasMismatch ||= match.success !== true && strict !== false;
      } else if (name !== undefined) {
        captures[name] = captureEntry(entry, transformed(entry, reading, captures), defaultStrict);
      }
    }
    // Of several captures with one name the last counts: the others were attempts.
    const failed = hasMismatch || Object.values(captures).some((capture) => capture.failed);
    return { captures, matches, failed };
  };
}

/**
 * Compiles what a request captures from its answer and what it expects to match there.
 *
 * @returns undefined if it does neither
 */
export function compileCaptures(request: {
  readonly capture?: unknown;
  readonly match?: unknown;
}): CaptureReader | undefined {
  const entries = [...listOf(request.capture), ...listOf(request.match)].map(compileEntry);
  if (entries.length === 0) return undefined;
  return { needsBody: entries.some(({ needsBody }) => needsBody), read: compileEntries(entries) };
}

/**
 * Sets the variables that were captured, also the empty values of captures that need not succeed; a name may be a path
 * (`user.id`). Nothing is set if anything failed.
 */
export function applyCaptures({ captures, failed }: CaptureOutcome, vars: Record<string, unknown>): void {
  if (failed) return;
  for (const name in captures) writePath(vars, name, captures[name]?.value);
}
