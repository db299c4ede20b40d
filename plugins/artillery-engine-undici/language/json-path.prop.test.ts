import fc from 'fast-check';
import { JSONPath } from 'jsonpath-plus';
import { describe, expect, test } from 'vitest';
import { compileJsonPath } from './json-path.ts';

const first = (): number => 0;
const keys = fc.constantFrom('a', 'b', 'id', '0', '1', 'length', 'with-dash', '$', '*', '__proto__', '', 'a.b');
const documents = fc
  .letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(0, 1, '', 'text', true, false, null),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(keys, tie('json'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  .json.map((json): unknown => JSON.parse(JSON.stringify(json)));
const plainSteps = fc.constantFrom(
  ...[
    '.a',
    '.b',
    '.id',
    '[0]',
    '[1]',
    "['a']",
    '["id"]',
    '.0',
    '.length',
    "['with-dash']",
    '.with-dash',
    '.__proto__',
    '[07]',
  ],
);
const otherSteps = fc.constantFrom(
  '.*',
  '..',
  '[*]',
  '[0:1]',
  '[-1:]',
  '.$',
  '[?(@.id)]',
  '^',
  '~',
  "['a.b']",
  '[a,b]',
  '.',
  '[(1)]',
);
const plainPaths = fc.array(plainSteps, { maxLength: 4 }).map((steps) => `$${steps.join('')}`);
const anyPaths = fc
  .tuple(fc.constantFrom('$', ''), fc.array(fc.oneof(plainSteps, otherSteps), { maxLength: 3 }))
  .map(([root, steps]) => `${root}${steps.join('')}`);

/** What Artillery makes of the results of jsonpath-plus, when the first of several is drawn. */
function byLibrary(path: string, json: unknown, multiple: boolean | undefined): unknown {
  if (typeof json !== 'object' || json === null) return '';
  let results: unknown;
  try {
    results = JSONPath({ path, json, wrap: multiple ?? true });
  } catch {
    return '';
  }
  return results && multiple !== false ? (results as unknown[])[0] : results || '';
}

describe('against jsonpath-plus', () => {
  test('every path of names and indices gives the same value, though it is followed directly', () => {
    fc.assert(
      fc.property(documents, plainPaths, fc.constantFrom(undefined, true, false), (json, path, multiple) => {
        expect(compileJsonPath(path, multiple)(json, first)).toEqual(byLibrary(path, json, multiple));
      }),
      { numRuns: 1_500 },
    );
  });

  test('every other path gives the same value', () => {
    fc.assert(
      fc.property(documents, anyPaths, fc.constantFrom(undefined, true, false), (json, path, multiple) => {
        expect(compileJsonPath(path, multiple)(json, first)).toEqual(byLibrary(path, json, multiple));
      }),
      { numRuns: 700 },
    );
  });

  test('the paths find something often enough for agreement to mean something', () => {
    const found = fc
      .sample(fc.tuple(documents, plainPaths), { numRuns: 1_000, seed: 2 })
      .filter(([json, path]) => ![undefined, ''].includes(compileJsonPath(path, undefined)(json, first) as string));
    expect(found.length).toBeGreaterThan(100);
  });
});

test('of several results one is drawn, the first and the last included', () => {
  const read = compileJsonPath('$.items[*].id', undefined);
  const document = { items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] };
  expect([0, 0.33, 0.34, 0.66, 0.67, 0.999].map((drawn) => read(document, () => drawn))).toEqual([
    'a',
    'a',
    'b',
    'b',
    'c',
    'c',
  ]);
});
