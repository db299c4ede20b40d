import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { jointSignFlips } from './sign-flips.ts';
import { signedRankTest } from './signed-rank.ts';

const random = () => createRandom('sign flips');

/** By the definition: every sign, every column, its own exact p-value. */
function byDefinition(columns: readonly (readonly number[])[]): number[] {
  const pairs = columns[0]?.length ?? 0;
  const smallest: number[] = [];
  for (let signs = 0; signs < 2 ** pairs; signs += 1) {
    const flipped = columns.map((column) => column.map((value, pair) => ((signs >> pair) & 1 ? -value : value)));
    smallest.push(Math.min(...flipped.map((column) => signedRankTest(column).pGreater)));
  }
  return columns.map((column) => {
    const p = signedRankTest(column).pGreater;
    return smallest.filter((other) => other <= p * (1 + 1e-9)).length / smallest.length;
  });
}

const family = fc.integer({ min: 3, max: 7 }).chain((pairs) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: pairs, maxLength: pairs }), {
    minLength: 1,
    maxLength: 4,
  }),
);

test('is the definition, gone through by hand', () => {
  fc.assert(
    fc.property(family, (columns) => {
      expect(jointSignFlips({ columns, random: random() }).pGreater).toEqual(byDefinition(columns));
    }),
    { numRuns: 60 },
  );
});

test('of one column is its own exact test', () => {
  const column = [0.3, 0.1, -0.2, 0.5, 0.4, 0.7, 0.25, 0.15];
  const { pGreater, pLess } = signedRankTest(column);
  const joint = jointSignFlips({ columns: [column], random: random() });
  expect([joint.pGreater[0], joint.pLess[0]]).toEqual([pGreater, pLess]);
});

test('columns that say the same count once; those that do not pay for each other', () => {
  const column = [0.3, 0.1, -0.2, 0.5, 0.4, 0.7, 0.25, 0.15];
  const p = signedRankTest(column).pGreater;
  const same = jointSignFlips({ columns: [column, column, column], random: random() });
  expect(same.pGreater).toEqual([p, p, p]);
  const other = [0.2, -0.3, 0.1, -0.5, 0.6, -0.4, 0.05, -0.1];
  const joint = jointSignFlips({ columns: [column, other], random: random() });
  expect(joint.pGreater[0]).toBeGreaterThan(p);
  expect(joint.pGreater[0]).toBeLessThanOrEqual(2 * p);
});

test('the level of each column is what the p-values say', () => {
  fc.assert(
    fc.property(family, fc.constantFrom(0.011, 0.05, 0.2), (columns, alpha) => {
      const joint = jointSignFlips({ columns, random: random() });
      columns.forEach((column, index) => {
        const isFound = (joint.pGreater[index] ?? 1) <= alpha;
        expect(signedRankTest(column).pGreater <= joint.levelFor(alpha)).toBe(isFound);
      });
    }),
    { numRuns: 60 },
  );
});

test('a pair that a column has not leaves its others as they are', () => {
  const joint = jointSignFlips({ columns: [[1, undefined, 2, 3, 4, undefined]], random: random() });
  expect(joint.pGreater).toEqual([1 / 16]);
});

test('with nothing to tell, everything is likely', () => {
  expect(jointSignFlips({ columns: [], random: random() }).pGreater).toEqual([]);
  expect(jointSignFlips({ columns: [[0, 0, 0]], random: random() }).pGreater).toEqual([1]);
  expect(jointSignFlips({ columns: [[]], random: random() }).levelFor(0.05)).toBe(0);
});

test('drawn signs are close to all signs, and the same for the same seed', () => {
  const draw = createRandom('twenty pairs');
  const columns = Array.from({ length: 3 }, () => Array.from({ length: 20 }, () => draw.next() - 0.35));
  const [first, second] = [random(), random()].map((each) => jointSignFlips({ columns, random: each }));
  expect(first?.pGreater).toEqual(second?.pGreater);
  const alone = signedRankTest(columns[0] ?? []).pGreater;
  const [p = 0] = jointSignFlips({ columns: columns.slice(0, 1), random: random() }).pGreater;
  expect(Math.abs(p - alone)).toBeLessThan(0.004);
  expect(p).toBeGreaterThan(0);
});

test('a family of twelve errs no more often than one test', () => {
  const draw = createRandom('families under the null');
  const families = 1500;
  let found = 0;
  for (let trial = 0; trial < families; trial += 1) {
    const shared = Array.from({ length: 10 }, () => draw.next() - 0.5);
    // Half of what each column shows, all columns show.
    const columns = Array.from({ length: 12 }, () => shared.map((value) => value + draw.next() - 0.5));
    const { pGreater } = jointSignFlips({ columns, random: draw });
    if (Math.min(...pGreater) <= 0.05) found += 1;
  }
  // At most 5 %, and not much less, or power is given away; three standard deviations.
  expect(found / families).toBeLessThan(0.067);
  expect(found / families).toBeGreaterThan(0.025);
});
