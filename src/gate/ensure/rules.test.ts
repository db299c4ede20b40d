import { describe, expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import type { MetricSet, RuleResult } from '../../record/index.ts';
import { sketchOf } from '../../stats/index.ts';
import { createMetricValues } from './metric-values.ts';
import { evaluateRules, parseEnsure } from './rules.ts';

const METRICS: MetricSet = {
  counters: {
    'vusers.created': 100,
    'vusers.completed': 99,
    'vusers.created_by_name.Search': 40,
    'vusers.created_by_name.Search for indicators': 60,
    'http.requests': 500,
    'http.responses': 500,
    'plugins.metrics-by-endpoint./search.codes.200': 500,
  },
  rates: { 'http.request_rate': 50 },
  // One value 1…1000 each: p99 is about 990 and p999 about 999.
  histograms: { 'http.response_time': sketchOf(Array.from({ length: 1000 }, (_, index) => index + 1)) },
};

function evaluate(ensure: object, extra: Record<string, number> = {}): RuleResult[] {
  return evaluateRules(
    parseEnsure(ensure, () => undefined),
    createMetricValues(METRICS, extra),
  );
}

function outcomeOf(expression: string, extra?: Record<string, number>): string | undefined {
  return evaluate({ conditions: [{ expression }] }, extra)[0]?.outcome;
}

function faultOf(ensure: unknown): UserFault {
  try {
    const rules = parseEnsure(ensure, (path) => ({ file: 'peak.yml', line: path.length, column: 1 }));
    evaluateRules(rules, createMetricValues(METRICS));
  } catch (thrown) {
    if (thrown instanceof UserFault) return thrown;
    throw thrown;
  }
  throw new Error('no fault was found');
}

describe('where the official evaluation is wrong', () => {
  test('a name that begins like another is still itself', () => {
    expect(outcomeOf('http.response_time.p999 > 995')).toBe('passed');
    expect(outcomeOf('vusers.created_by_name.Search == 40')).toBe('passed');
    expect(outcomeOf('vusers.created_by_name.Search for indicators == 60')).toBe('passed');
  });

  test('apdex can be asked for', () => {
    expect(outcomeOf('apdex > 0.9', { apdex: 0.95 })).toBe('passed');
    expect(outcomeOf('apdex > 0.9', { apdex: 0.85 })).toBe('failed');
  });

  test('a status code or an error that never occurred counts as 0', () => {
    expect(outcomeOf('http.codes.500 < 1')).toBe('passed');
    expect(outcomeOf('errors.ETIMEDOUT == 0')).toBe('passed');
    expect(outcomeOf('plugins.metrics-by-endpoint./search.codes.503 == 0')).toBe('passed');
  });

  test('a metric that saw no data fails a rule, also behind not', () => {
    expect(outcomeOf('search.hits.mean > 3')).toBe('no data');
    expect(outcomeOf('not (search.hits.mean > 3)')).toBe('no data');
    expect(outcomeOf('plugins.metrics-by-endpoint./reports.codes.503 == 0')).toBe('no data');
    expect(evaluate({ thresholds: [{ 'search.time.p95': 300 }] })[0]?.outcome).toBe('no data');
  });

  test('missing data does not matter where the answer does not depend on it', () => {
    expect(outcomeOf('http.codes.500 == 0 or search.hits.mean > 3')).toBe('passed');
    expect(outcomeOf('http.codes.500 > 0 and search.hits.mean > 3')).toBe('failed');
  });
});

describe('a rule', () => {
  test('holds strictly below its threshold and not at it', () => {
    expect(evaluate({ thresholds: [{ 'http.requests': 501 }] })[0]?.outcome).toBe('passed');
    expect(evaluate({ thresholds: [{ 'http.requests': 500 }] })[0]?.outcome).toBe('failed');
  });

  test('shows each comparison with what it saw', () => {
    expect(
      evaluate({ conditions: [{ expression: 'http.requests > 400 and http.codes.500 < 1', strict: false }] })[0],
    ).toEqual({
      rule: 'http.requests > 400 and http.codes.500 < 1',
      strict: false,
      outcome: 'passed',
      terms: [
        { subject: 'http.requests', operator: '>', observed: 500, limit: 400, holds: true },
        { subject: 'http.codes.500', operator: '<', observed: 0, limit: 1, holds: true },
      ],
    });
  });

  test('may write its limit as text, which is what a template makes of it', () => {
    expect(evaluate({ thresholds: [{ 'http.requests': '501' }], p95: '2000' }).map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
    ]);
  });

  test('may quote a metric that was never seen', () => {
    expect(outcomeOf("'plugins.metrics-by-endpoint.response_time.Close and reopen.p95' < 5")).toBe('no data');
    expect(outcomeOf('plugins.metrics-by-endpoint.response_time.Sign in.p95 < 5')).toBe('no data');
  });
});

describe('parseEnsure refuses', () => {
  test.each([
    ['an unknown key', { threshold: [] }, /config\.ensure: Unrecognized key: "threshold"/],
    [
      'a limit that is no number',
      { thresholds: [{ 'http.requests': 'fast' }] },
      /config\.ensure\.thresholds\.0\.http\.requests: must be a number/,
    ],
    ['a condition without an expression', { conditions: [{ strict: true }] }, /conditions\.0\.expression/],
    ['a list where a map is needed', [], /config\.ensure/],
  ])('%s', (_, ensure, message) => {
    const fault = faultOf(ensure);
    expect(fault.code).toBe('ensure-shape');
    expect(fault.message).toMatch(message);
  });

  test.each([
    ['http.requests', /a number, not a condition/],
    ['http.requests <', /the expression ends where a number, a metric or "\(" is needed/],
    ['http.requests < 5 and http.codes.200', /a number where a condition is needed/],
    ['not http.requests > 5', /write parentheses after not/],
    ['sum(http.requests) > 5', /sum is not a function; allowed are abs, ceil/],
    ['(http.requests > 5', /the expression ends where "\)" is needed/],
    ['http.requests = 5', /"=" cannot stand here/],
    ['http.requests > 5 6', /"6" where an operator or the end is needed/],
  ])('the condition %s', (expression, message) => {
    const fault = faultOf({ conditions: [{ expression }] });
    expect(fault.code).toBe('ensure-expression');
    expect(fault.message).toMatch(message);
  });

  test('a condition with a pointer to the place', () => {
    expect(faultOf({ conditions: [{ expression: 'http.requests >> 5' }] }).message).toContain(
      'peak.yml:3:1 the condition cannot be read: ">" where a number, a metric or "(" is needed\n    http.requests >> 5\n                   ^',
    );
  });
});
