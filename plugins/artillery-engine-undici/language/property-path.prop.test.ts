import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lodash } from './official.ts';
import { compilePath, writePath } from './property-path.ts';

const steps = fc.constantFrom(
  ...['a', 'b', '.', '[0]', '[1]', '["c"]', "['c.d']", '[', ']', '[]', '..', '[-1]', '[1.5]', '[a]', '"', "['x\\'y']"],
  ...['length', '__proto__', 'constructor', '$el', ' ', '-'],
);
const anyPaths = fc.array(steps, { minLength: 1, maxLength: 6 });
const soundPaths = fc
  .array(fc.constantFrom('[0]', '[1]', '.b', "['b']", '.a', '.length', '.c.d'), { maxLength: 3 })
  .chain((parts) => fc.constantFrom('a', 'b', 'c').map((first) => [first, ...parts]));
const paths = fc.oneof(anyPaths, soundPaths).map((parts) => parts.join(''));
const keys = fc.constantFrom('a', 'b', 'c', 'c.d', '0', '', 'a.b', '[0]', '$el', '-');
const leaves = fc.constantFrom<unknown>('text', 0, null, undefined, 5);
const shallow = fc.oneof(leaves, fc.dictionary(keys, leaves, { maxKeys: 3, noNullPrototype: true }), fc.array(leaves));
const deep = fc.oneof(fc.dictionary(keys, shallow, { maxKeys: 3, noNullPrototype: true }), fc.array(shallow));
const objects = fc
  .dictionary(keys, fc.oneof(shallow, deep), { maxKeys: 3, noNullPrototype: true })
  .map((object) => ({ a: [{ b: 'there' }, 'x'], b: { a: [0] }, ...object }));

/** Both refuse some writes, such as an object for the length of a list. */
function afterwards(object: Record<string, unknown>, write: (copy: Record<string, unknown>) => unknown): unknown {
  const copy = lodash.cloneDeep(object);
  try {
    write(copy);
  } catch (error) {
    return String(error);
  }
  return copy;
}

describe('against lodash', () => {
  test('every path reads the same', () => {
    fc.assert(
      fc.property(objects, paths, (object, path) => {
        expect(compilePath(path)(object)).toBe(lodash.get(object, path));
      }),
      { numRuns: 1_500 },
    );
  });

  test('every path writes the same', () => {
    fc.assert(
      fc.property(objects, paths, (object, path) => {
        const theirs = afterwards(object, (copy) => lodash.set(copy, path, 1));
        expect(afterwards(object, (copy) => writePath(copy, path, 1))).toEqual(theirs);
      }),
      { numRuns: 1_500 },
    );
  });

  test('the paths lead somewhere and nowhere, so that agreement means something', () => {
    const found = fc
      .sample(fc.tuple(objects, paths), { numRuns: 1_000, seed: 5 })
      .map(([object, path]) => lodash.get(object, path) !== undefined);
    expect(found.filter(Boolean).length).toBeGreaterThan(100);
    expect(found.filter((isFound) => !isFound).length).toBeGreaterThan(50);
  });
});
