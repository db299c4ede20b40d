import { expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import { parseObjective } from './objective.ts';

test('reads clauses that are joined by "and"', () => {
  expect(parseObjective('p95 of "Search" < 0.3 s and error rate <= 1 % and mean < 50 ms')).toEqual([
    {
      ...{ text: 'p95 of "Search" < 300 ms', offset: 0 },
      ...{ quantity: { kind: 'quantile', q: 0.95 }, endpoint: 'Search', limit: 300 },
    },
    {
      ...{ text: 'error rate <= 1 %', offset: 28 },
      ...{ quantity: { kind: 'error rate' }, endpoint: undefined, limit: 1 },
    },
    { text: 'mean < 50 ms', offset: 50, quantity: { kind: 'mean' }, endpoint: undefined, limit: 50 },
  ]);
});

test('an "and" inside a name is part of the name', () => {
  expect(parseObjective('p95 of "Search and find" < 300 ms').map(({ endpoint }) => endpoint)).toEqual([
    'Search and find',
  ]);
});

/** The fault, and the word that its pointer stands below. */
function faultOf(text: string): { message: string; points: string } {
  try {
    parseObjective(text);
  } catch (thrown) {
    if (!(thrown instanceof UserFault)) throw thrown;
    expect(thrown.code).toBe('objective-sentence');
    const [message = '', , pointer = ''] = thrown.message.split('\n');
    return { message, points: text.slice(pointer.indexOf('^') - 4) };
  }
  throw new Error('no fault');
}

test.each([
  ['p95 of "Search" < 300 ms and', 'the sentence ends', ''],
  ['and error rate < 1 %', 'the sentence ends', 'and error rate < 1 %'],
  ['p95 of Search < 300 ms and error rate < 1 %', 'quotation marks', 'Search < 300 ms and error rate < 1 %'],
  ['error rate < 1 % and p95 > 300 ms', 'only upper limits', '> 300 ms'],
  ['error rate < 1 % and p95 < 300 ms during "Burst"', '"during" has no place', 'during "Burst"'],
  ['error rate < 1 % and rate < 30 /s', 'rate says nothing', 'rate < 30 /s'],
  ['search.hits mean < 3', 'not metrics', 'search.hits mean < 3'],
  ['p95 < 300', 'this limit needs a unit', '300'],
])('says what is wrong with %s, and where', (text, message, points) => {
  const fault = faultOf(text);
  expect(fault.message).toContain(message);
  expect(fault.points).toBe(points);
});
