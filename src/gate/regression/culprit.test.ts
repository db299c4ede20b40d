import { expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import type { Target } from './block.ts';
import { findCulprits } from './culprit.ts';
import { type MadeEndpoint, madePairs } from './testing/pairs.ts';

const target = (name: string): Target => ({ kind: 'endpoint', name });

function culpritsOf(endpoints: readonly MadeEndpoint[], noise = 0.02) {
  const slower = endpoints.map(({ name }) => target(name));
  return findCulprits(madePairs({ count: 12, endpoints, noise }), slower, createRandom('culprit'));
}

test('is whose fastest requests are slower; who waits for it is delayed', () => {
  const answer = culpritsOf([
    { name: 'Search', factor: 1.1 },
    { name: 'Alerts', waits: 1.2 },
    { name: 'Events', waits: 1.3 },
  ]);
  expect(answer).toMatchObject({ kind: 'named', delayed: [target('Alerts'), target('Events')] });
  if (answer.kind !== 'named') throw new Error('named');
  expect(answer.culprits).toHaveLength(1);
  expect(answer.culprits[0]?.target).toEqual(target('Search'));
  expect(answer.culprits[0]?.shiftMs).toBeCloseTo(0.4, 1);
  expect(answer.culprits[0]?.shiftRatio).toBeCloseTo(0.1, 1);
});

test('what all share names them all', () => {
  const answer = culpritsOf([
    { name: 'Search', factor: 1.2 },
    { name: 'Alerts', factor: 1.2 },
  ]);
  expect(answer.kind === 'named' && answer.culprits.length).toBe(2);
});

test('where only some requests are slower the mean tells', () => {
  expect(
    culpritsOf([
      { name: 'Search', waits: 1.5 },
      { name: 'Alerts', waits: 1.1 },
    ]),
  ).toMatchObject({
    kind: 'named',
    culprits: [{ target: target('Search'), evidence: 'mean service time' }],
    delayed: [target('Alerts')],
  });
});

test('nobody is named where all wait alike', () => {
  const endpoints = [
    { name: 'Search', waits: 1.3 },
    { name: 'Alerts', waits: 1.3 },
  ];
  expect(culpritsOf(endpoints).kind).toBe('not determined');
});

test('too few requests betray nobody', () => {
  expect(culpritsOf([{ name: 'Search', factor: 1.5, requests: 49 }]).kind).toBe('not determined');
  expect(culpritsOf([{ name: 'Search', factor: 1.5, requests: 50 }]).kind).toBe('named');
});
