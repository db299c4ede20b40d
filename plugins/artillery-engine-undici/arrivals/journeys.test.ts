import { expect, test } from 'vitest';
import { takeWeights } from './journeys.ts';

test('reads weights as Artillery does, resolves their templates, and takes them out', () => {
  const scenarios = [
    { name: 'A', weight: 3 },
    { name: 'B' },
    { weight: '2.9' },
    { name: 'D', weight: 'heavy' },
    { name: 'E', weight: '{{ $processEnvironment.HEAVY }}' },
    { name: 'F', weight: '{{ listed }}' },
    { name: 'G', weight: '{{ column }}' },
    { name: 'H', weight: -1 },
  ];
  const config = {
    variables: { listed: [7, 8] },
    payload: [{ fields: ['other', 'column'], data: [['x', 6]] }],
  };
  const taken = takeWeights(scenarios, config, { HEAVY: '5' });
  expect(taken.map(({ name, weight }) => [name, weight])).toEqual([
    ['A', 3],
    ['B', 1],
    ['Journey 3', 2],
    ['D', 0],
    ['E', 5],
    ['F', 7],
    ['G', 6],
    ['H', 0],
  ]);
  expect(scenarios.some((scenario) => 'weight' in scenario)).toBe(false);
});
