import { isEntry } from '../plan/entry.ts';
import type { YamlPath } from '../test-file.ts';
import type { SourceFile, Span } from './source-file.ts';
import { valueIn } from './value-in.ts';

/**
 * A value of a test together with the place where it stands. Of something that is not there the value is undefined, and
 * the place is the nearest one around it.
 */
export interface Cursor {
  readonly value: unknown;
  /** Where the value stands. */
  readonly span: Span;
  /** Where the key of the value stands. */
  readonly keySpan: Span;
  readonly source: SourceFile;
  readonly path: YamlPath;
  /** The value below a key of a map or an index of a list. */
  at(...path: YamlPath): Cursor;
  /** The keys of a map; none for anything else. */
  keys(): readonly string[];
  /** The items of a list; none for anything else. */
  items(): readonly Cursor[];
}

/** A cursor that points to a place of one file. */
export function cursorAt(
  source: SourceFile,
  path: YamlPath = [],
  value: unknown = valueIn(source.content, path),
): Cursor {
  return {
    value,
    source,
    path,
    get span() {
      return source.valueSpan(path);
    },
    get keySpan() {
      return source.keySpan(path);
    },
    at: (...below) => cursorAt(source, [...path, ...below], valueIn(value, below)),
    keys: () => keysOf(value),
    items: () => (Array.isArray(value) ? value.map((item, index) => cursorAt(source, [...path, index], item)) : []),
  };
}

/** Whether there is something at a cursor; an empty value (null) is something. */
export function isPresent(cursor: Cursor): boolean {
  return cursor.value !== undefined;
}

/** The text at a cursor; undefined for anything else. */
export function textAt(cursor: Cursor): string | undefined {
  return typeof cursor.value === 'string' ? cursor.value : undefined;
}

/** The texts of a list, or of a single text, each with its place: the form of hooks. */
export function textsAt(cursor: Cursor): readonly Cursor[] {
  if (typeof cursor.value === 'string') return [cursor];
  return cursor.items().filter(({ value }) => typeof value === 'string');
}

/** The items of a list, or the single thing that stands in place of one. */
export function oneOrMoreAt(cursor: Cursor): readonly Cursor[] {
  if (Array.isArray(cursor.value)) return cursor.items();
  return isPresent(cursor) ? [cursor] : [];
}

/** The keys of a map; none for anything else. */
export function keysOf(value: unknown): readonly string[] {
  return isEntry(value) ? Object.keys(value) : [];
}
