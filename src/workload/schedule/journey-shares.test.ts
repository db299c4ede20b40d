import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/random.ts';
import { journeyShares, pickJourney } from './journey-shares.ts';

const JOURNEYS = [
  { name: 'Search', weight: 3 },
  { name: 'Report', weight: 1 },
  { name: 'Sign in', weight: 0 },
];

describe('journeyShares', () => {
  test('follow the mix, and without one the weights', () => {
    expect(journeyShares({ 'Sign in': 60, Search: 40 }, JOURNEYS)).toEqual([0.4, 0, 0.6]);
    expect(journeyShares(undefined, JOURNEYS)).toEqual([0.75, 0.25, 0]);
  });

  test('add up to 1 where thirds are rounded', () => {
    const shares = journeyShares({ Search: 33.3, Report: 33.3, 'Sign in': 33.3 }, JOURNEYS);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('refuse a name that is no journey, with the nearest one', () => {
    expect(() => journeyShares({ Serch: 100 }, JOURNEYS)).toThrow(
      expect.objectContaining({
        message: 'the mix names "Serch", which is no journey of this test',
        hint: 'Did you mean "Search"? Its journeys are "Search", "Report", "Sign in".',
      }),
    );
  });
});

describe('pickJourney', () => {
  test.each([
    [0, 0],
    [0.2499, 0],
    [0.25, 2],
    [0.999_999, 2],
  ])('%j falls on %i', (draw, index) => {
    expect(pickJourney([0.25, 0, 0.75], draw)).toBe(index);
  });

  test('falls on a journey that has a share even where shares add up to a little less than 1', () => {
    expect(pickJourney([0.3, 0.7 - 1e-9, 0], 0.999_999_999_9)).toBe(1);
  });

  test('keeps to the shares: 10,000 draws are within four standard deviations', () => {
    const random = createRandom('shares');
    const shares = [0.6, 0.35, 0.05];
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) {
      const journey = pickJourney(shares, random.next());
      counts[journey] = (counts[journey] ?? 0) + 1;
    }
    for (const [journey, share] of shares.entries()) {
      const deviation = Math.sqrt(10_000 * share * (1 - share));
      expect(Math.abs((counts[journey] ?? 0) - 10_000 * share)).toBeLessThan(4 * deviation);
    }
  });
});
