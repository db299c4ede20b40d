import { describe, expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import { parseTestFile } from '../test-file.ts';
import { effectiveTest, type TestChoice } from './effective-test.ts';

const TEXT = `config:
  target: http://127.0.0.1:1
  phases:
    - duration: 60
      arrivalRate: "{{ $env.RATE }}"
    - duration: 30
      arrivalRate: 2
  environments:
    smoke:
      target: http://127.0.0.1:2
      phases:
        - duration: 5
scenarios:
  - flow: []
`;

function prepare(choice: Partial<TestChoice> = {}, text = TEXT): ReturnType<typeof effectiveTest> {
  return effectiveTest(parseTestFile('t.yml', text), { env: { RATE: '7' }, ...choice });
}

describe('effectiveTest', () => {
  test('resolves templates from the shell', () => {
    expect(prepare().config.phases).toMatchObject([{ arrivalRate: '7' }, { arrivalRate: 2 }]);
    expect(prepare({ env: {} }).config.phases).toMatchObject([{ arrivalRate: undefined }, {}]);
  });

  test('lays the environment over the test item by item, and counts the phases that stay', () => {
    const { config, keptPhases } = prepare({ environment: 'smoke' });
    expect(config.phases).toMatchObject([{ duration: 5, arrivalRate: '7' }, { duration: 30 }]);
    expect(config.target).toBe('http://127.0.0.1:2');
    expect([keptPhases, prepare().keptPhases]).toEqual([1, 0]);
  });

  test('lets the target of the command win', () => {
    expect(prepare({ environment: 'smoke', target: 'http://127.0.0.1:3' }).config.target).toBe('http://127.0.0.1:3');
  });

  test('points into the environment where a value comes from there, and else into the test', () => {
    const { locate } = prepare({ environment: 'smoke' });
    expect(locate(['phases', 0, 'duration'])?.line).toBe(12);
    expect(locate(['phases', 1, 'duration'])?.line).toBe(6);
    expect(locate(['nowhere'])).toBeUndefined();
  });

  test('refuses an environment that does not exist, and names those that do', () => {
    const attempt = (): unknown => prepare({ environment: 'smok' });
    expect(attempt).toThrow(/t\.yml:9:5 t\.yml has no environment "smok"/);
    try {
      attempt();
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'environment-unknown', hint: expect.stringContaining('It has smoke.') });
    }
    expect(() => prepare({ environment: 'x' }, 'scenarios: []')).toThrow(UserFault);
  });

  test('refuses a file that is no test', () => {
    expect(() => prepare({}, 'just words')).toThrow(/t\.yml is no test: it has no list of scenarios/);
  });
});
