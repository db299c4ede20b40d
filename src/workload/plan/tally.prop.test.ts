import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactly, inParallel, inSequence, oneOf, repeated, request, type Tally, wait, withChance } from './tally.ts';

/** A little language of steps, so that the algebra can be compared with playing them through. */
type Steps =
  | { readonly kind: 'request' | 'wait' }
  | { readonly kind: 'sequence'; readonly parts: readonly Steps[] }
  | { readonly kind: 'repeat'; readonly times: readonly number[]; readonly part: Steps }
  | { readonly kind: 'maybe'; readonly chance: number; readonly part: Steps };

const { steps } = fc.letrec<{ steps: Steps }>((tie) => ({
  steps: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Steps>({ kind: 'request' }),
    fc.constant<Steps>({ kind: 'wait' }),
    fc.record({ kind: fc.constant('sequence' as const), parts: fc.array(tie('steps'), { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('repeat' as const),
      times: fc.array(fc.nat(2), { minLength: 1, maxLength: 2 }),
      part: tie('steps'),
    }),
    fc.record({ kind: fc.constant('maybe' as const), chance: fc.constantFrom(0, 0.25, 0.5, 1), part: tie('steps') }),
  ),
}));

function tallyOf(part: Steps): Tally {
  switch (part.kind) {
    case 'request':
      return request('GET /', 10);
    case 'wait':
      return wait(1000);
    case 'sequence':
      return inSequence(part.parts.map(tallyOf));
    case 'repeat':
      return repeated(tallyOf(part.part), oneOf(part.times));
    case 'maybe':
      return repeated(tallyOf(part.part), withChance(part.chance));
  }
}

/** How likely each number of requests is. */
type Distribution = ReadonlyMap<number, number>;

const NONE: Distribution = new Map([[0, 1]]);

function sum(a: Distribution, b: Distribution): Distribution {
  const total = new Map<number, number>();
  for (const [x, p] of a) for (const [y, q] of b) total.set(x + y, (total.get(x + y) ?? 0) + p * q);
  return total;
}

function mix(parts: readonly (readonly [number, Distribution])[]): Distribution {
  const total = new Map<number, number>();
  for (const [weight, part] of parts) for (const [x, p] of part) total.set(x, (total.get(x) ?? 0) + weight * p);
  return total;
}

/** The truth, by going through every outcome. */
function distributionOf(part: Steps): Distribution {
  switch (part.kind) {
    case 'request':
      return new Map([[1, 1]]);
    case 'wait':
      return NONE;
    case 'sequence':
      return part.parts.map(distributionOf).reduce(sum, NONE);
    case 'repeat': {
      const once = distributionOf(part.part);
      const each = part.times.map((times) => new Array<Distribution>(times).fill(once).reduce(sum, NONE));
      return mix(each.map((distribution) => [1 / part.times.length, distribution]));
    }
    case 'maybe':
      return mix([
        [part.chance, distributionOf(part.part)],
        [1 - part.chance, NONE],
      ]);
  }
}

describe('a tally', () => {
  test('has the mean and the variance of all outcomes', () => {
    fc.assert(
      fc.property(steps, (part) => {
        const outcomes = [...distributionOf(part)];
        const mean = outcomes.reduce((total, [x, p]) => total + x * p, 0);
        const variance = outcomes.reduce((total, [x, p]) => total + p * (x - mean) ** 2, 0);
        const { total } = tallyOf(part);
        expect(total.mean).toBeCloseTo(mean, 8);
        expect(total.variance).toBeCloseTo(variance, 8);
        expect([total.low, total.high]).toEqual([total.mean, total.mean]);
      }),
    );
  });

  test('of what is unknown has bounds around its mean', () => {
    const unknown = { mean: 0.5, low: 0, high: Infinity, variance: 1 };
    const { total, endpoints, durationMs } = inSequence([request('A', 5), repeated(request('B', 5), unknown)]);
    expect(total).toMatchObject({ mean: 1.5, low: 1, high: Infinity });
    expect(endpoints.get('A')).toMatchObject({ low: 1, high: 1 });
    expect(endpoints.get('B')).toMatchObject({ low: 0, high: Infinity });
    expect(durationMs).toBe(7.5);
    expect(repeated(wait(5), unknown).total.high).toBe(0);
  });

  test('of parallel steps takes as long as the longest row of them', () => {
    const parts = [300, 100, 100, 200].map((ms) => request('A', ms));
    expect(inParallel(parts, 100)).toMatchObject({ durationMs: 300, total: exactly(4) });
    expect(inParallel(parts, 2).durationMs).toBe(400);
    expect(inParallel(parts, 1).durationMs).toBe(700);
    expect(inParallel([], 5).durationMs).toBe(0);
  });
});
