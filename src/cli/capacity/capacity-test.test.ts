import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import { type CapacityChoice, readCapacityTest } from './capacity-test.ts';

const PEAK = fileURLToPath(new URL('../../../artillery/peak.yml', import.meta.url));

function read(choice: Partial<CapacityChoice>): ReturnType<typeof readCapacityTest> {
  return readCapacityTest(PEAK, { until: 'p95 < 1 s', environment: undefined, phase: undefined, ...choice });
}

test('takes from the test what a search needs: its start, its pauses, and the lowest rate of its phases', () => {
  expect(read({ until: 'p95 of "Search" < 300 ms and error rate < 1 %' })).toMatchObject({
    ...{ target: 'http://127.0.0.1:4600', ready: '/ready', usesPlatform: true, lowestPerSec: 2, manner: {} },
    options: { variables: { thinkMedianSeconds: expect.any(Number) } },
    clauses: [{ endpoint: 'Search', limit: 300 }, { limit: 1 }],
  });
});

test('starts the platform with the settings that the test wants', () => {
  const database = fileURLToPath(new URL('../../../artillery/database.yml', import.meta.url));
  const choice = { until: 'p95 < 1 s', environment: undefined, phase: undefined };
  expect(readCapacityTest(database, choice).env).toEqual({ CACHE_SECONDS: '0' });
  expect(read({}).env).toEqual({});
});

test('knows from the plan how many requests a user makes', () => {
  const { requestsPerUser } = read({});
  expect(requestsPerUser(undefined)).toBeGreaterThan(5);
  expect(requestsPerUser('Sign in')).toBeCloseTo(1, 0);
  expect(requestsPerUser('Search')).toBeLessThan(requestsPerUser(undefined));
});

test('takes the mix of the phase that is named', () => {
  expect(read({ phase: 'Analytics spike' }).manner).toMatchObject({ mix: { 'Analytics report': 40 } });
});

/** What a reader is told, on all its lines. */
function faultOf(choice: Partial<CapacityChoice>): { readonly code: string; readonly text: string } {
  try {
    read(choice);
  } catch (thrown) {
    if (!(thrown instanceof UserFault)) throw thrown;
    return { code: thrown.code, text: `${thrown.message}\n${thrown.hint}` };
  }
  throw new Error('no fault');
}

test('points to an endpoint that the test does not have', () => {
  const { code, text } = faultOf({ until: 'error rate < 1 % and p95 of "Serch" < 300 ms' });
  expect(code).toBe('objective-sentence');
  expect(text).toContain('the test has no request called "Serch"; did you mean "Search"?');
  expect(
    text
      .split('\n')
      .find((line) => line.includes('^'))
      ?.indexOf('^'),
  ).toBe(4 + 28);
});

test('names the phases there are', () => {
  expect(faultOf({ phase: 'Night' })).toEqual({
    code: 'option-value',
    text: '--phase: the test has no phase called "Night"\nIt has Business hours, Incident burst, Analytics spike.',
  });
});
