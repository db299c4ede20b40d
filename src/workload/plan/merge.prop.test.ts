import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeConfig } from './merge.ts';

const require = createRequire(import.meta.url);
const { merge } = createRequire(require.resolve('artillery/package.json'))('lodash') as {
  merge: (base: object, overlay: object) => object;
};

const key = fc.constantFrom('phases', 'duration', 'name', 'http');
const { map: config } = fc.letrec<{ map: Record<string, unknown>; value: unknown }>((tie) => ({
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
}));

/** lodash lets a map fill the places of a list, and a list those of a map, which no YAML file does on purpose. */
function hasSameShape(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return true;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return Object.keys(b).every((name) => hasSameShape(Reflect.get(a, name), Reflect.get(b, name)));
}

test('mergeConfig lays one configuration over another as lodash does', () => {
  fc.assert(
    fc.property(config, config, (base, overlay) => {
      fc.pre(hasSameShape(base, overlay));
      expect(mergeConfig(base, overlay)).toEqual(merge(structuredClone(base), overlay));
    }),
  );
});

test('mergeConfig changes neither of its arguments', () => {
  const [base, overlay] = [{ phases: [{ duration: 60 }, { duration: 30 }] }, { phases: [{ duration: 5 }] }];
  expect(mergeConfig(base, overlay)).toEqual({ phases: [{ duration: 5 }, { duration: 30 }] });
  expect([base, overlay]).toEqual([{ phases: [{ duration: 60 }, { duration: 30 }] }, { phases: [{ duration: 5 }] }]);
});
