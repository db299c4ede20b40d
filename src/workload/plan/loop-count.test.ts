import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chanceOf, loopRange, roundsOf } from './loop-count.ts';

type Step = (context: object, done: (error: null, context: object) => void) => void;
const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
const { createLoopWithCount, isProbableEnough } = (await import(
  pathToFileURL(join(artillery, 'dist/lib/commons/engine_util.js')).href
)) as {
  createLoopWithCount: (count: unknown, steps: Step[], options: object) => Step;
  isProbableEnough: (request: object) => boolean;
};

interface Lodash {
  random(upper: number): number;
  runInContext(context: object): Lodash;
}
/** The one that Artillery draws with. */
const lodash = createRequire(join(artillery, 'package.json'))('lodash') as Lodash;

/** Lodash over random numbers that are spread evenly: each value comes up equally often in so many draws. */
const DRAWS = 101 * 50;
function evenLodash(): Lodash {
  let draw = 0;
  const random = (): number => {
    draw += 1;
    return ((draw % DRAWS) + 0.5) / DRAWS;
  };
  return lodash.runInContext({ Math: Object.create(Math, { random: { value: random } }) });
}

async function roundsInArtillery(count: unknown): Promise<number> {
  let rounds = 0;
  const step: Step = (context, done) => {
    rounds += 1;
    done(null, context);
  };
  // engine_http.ts hands over `count || -1`.
  const loop = createLoopWithCount(count || -1, [step], {});
  await new Promise<void>((resolve) => loop({ vars: {} }, () => resolve()));
  return rounds;
}

describe('a loop', () => {
  test.each([1, 5, '3', '0', '1-5', '0-4', '7-5', 'many', -3, '2.5', 2.5, '1 - 3'])(
    'with the count %j goes round as often as in Artillery',
    async (count) => {
      expect(roundsOf(loopRange(count))).toBe(await roundsInArtillery(count));
    },
  );

  test.each([undefined, 0, -1, '', null])('with the count %j has no end', (count) => {
    expect(roundsOf(loopRange(count))).toBe(Infinity);
  });
});

describe('a probability', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    [100, 100 / 101],
    [50, 50 / 101],
    ['60', 60 / 101],
    [0, 0],
    [250, 100 / 101],
    [0.5, 1 / 101],
    ['half', 0],
    [-5, 0],
  ])('of %j is a chance of %j', (probability, chance) => {
    expect(chanceOf(probability)).toBe(chance);
  });

  test.each([100, 60, 1, 33.3])('of %j is drawn by Artillery with that chance', (probability) => {
    vi.spyOn(lodash, 'random').mockImplementation(evenLodash().random);
    let sent = 0;
    for (let each = 0; each < DRAWS; each += 1) sent += isProbableEnough({ probability }) ? 1 : 0;
    expect(sent / DRAWS).toBeCloseTo(chanceOf(probability), 10);
  });
});
