import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from './pack.ts';

const whole = fc.integer({ min: 0, max: 0xffffffff });
const signed = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const leaf = fc.oneof(
  fc.array(whole).map((values) => Uint32Array.from(values)),
  fc.array(signed).map((values) => Int32Array.from(values)),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.constant(null),
);

test('what is packed comes back the same, whatever keys and nesting', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (each) => {
      expect(unpack(pack(each))).toEqual(each);
    }),
  );
});

test('small numbers take one byte', () => {
  const ofJson = (array: Uint32Array | Int32Array): number => pack({ a: array.subarray(0, 0) }).length + 3;
  const small = new Uint32Array(1000).fill(127);
  expect(pack({ a: small })).toHaveLength(ofJson(small) + 1000);
  const ascending = Int32Array.from({ length: 1000 }, (_, index) => 5000 + index);
  expect(pack({ a: ascending })).toHaveLength(ofJson(ascending) + 1001);
});
