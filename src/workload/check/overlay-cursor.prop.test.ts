import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeConfig } from '../plan/merge.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { overlayCursor } from './overlay-cursor.ts';
import type { SourceFile } from './source-file.ts';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'z'), tie('value'), { maxKeys: 3 }),
  ),
}));
const map = fc.dictionary(fc.constantFrom('x', 'y', 'z'), value, { maxKeys: 3 });

/** A file of which only the content matters. */
function fileWith(content: unknown): SourceFile {
  const span = { position: { file: 'f', line: 1, column: 1 }, endColumn: 2 };
  return {
    path: 'f',
    absolutePath: '/f',
    content,
    lines: [],
    valueSpan: () => span,
    keySpan: () => span,
    hasAnchor: () => false,
  };
}

/** The value as it is put together from the values below it. */
function walked(cursor: Cursor): unknown {
  if (Array.isArray(cursor.value)) return cursor.items().map(walked);
  if (cursor.keys().length === 0) return cursor.value;
  return Object.fromEntries(cursor.keys().map((key) => [key, walked(cursor.at(key))]));
}

test('a configuration under an environment has the values that Artillery merges, at every depth', () => {
  fc.assert(
    fc.property(map, map, (base, overlay) => {
      const merged = overlayCursor(cursorAt(fileWith(base)), cursorAt(fileWith(overlay)));
      expect(merged.value).toEqual(mergeConfig(base, overlay));
      expect(walked(merged)).toEqual(merged.value);
    }),
  );
});
