import { createRandom } from 'proving-ground/stats/random.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Lodash, seedDraws } from './seeded-draws.ts';

let lodash: Lodash;
let withDraws: ReturnType<typeof seedDraws>;
beforeEach(() => {
  lodash = { random: () => -1, sample: () => -1 };
  withDraws = seedDraws(lodash);
});

function during<T>(work: () => T, journey = 2): T | undefined {
  let result: T | undefined;
  withDraws({ journey, journeys: 3, random: createRandom('draws') }, () => {
    result = work();
  });
  return result;
}

describe('seedDraws', () => {
  test('answers the choice of a journey once, and other draws from the stream of the user', () => {
    const random = createRandom('draws');
    const drawn = during(() => [
      lodash.random(0, 9),
      lodash.random(0, 299),
      lodash.random(0, 299),
      lodash.random(9, 5),
    ]);
    expect(drawn).toEqual([random.integer(0, 9), 200, random.integer(0, 299), random.integer(5, 9)]);
  });

  test('draws from lists', () => {
    expect(during(() => lodash.sample(['a', 'b', 'c']))).toBe(createRandom('draws').pick(['a', 'b', 'c']));
  });

  test('leaves to others what has another form', () => {
    expect(during(() => [lodash.random(), lodash.random(0, 1.5), lodash.sample([]), lodash.sample('text')])).toEqual([
      -1, -1, -1, -1,
    ]);
  });

  test('leaves to others what is drawn before and after, even after a fault', () => {
    expect(() =>
      during(() => {
        throw new Error('broken');
      }),
    ).toThrow('broken');
    expect([lodash.random(0, 299), lodash.sample([1])]).toEqual([-1, -1]);
  });
});
