import { describe, expect, test } from 'vitest';
import { readRules } from './test-rules.ts';

function ruleTexts(config: Record<string, unknown>): string[] {
  const { rules, thresholds } = readRules(config, () => undefined);
  return [...thresholds.map((tracker) => tracker.result().rule), ...rules.map(({ text }) => text)];
}

const DEFAULT = 'maxErrorRate <= 1 (default)';

describe('readRules', () => {
  test('reads config.ensure, plugins.ensure and the sentences', () => {
    const plugins = { ensure: { p95: 9 }, verdict: { thresholds: ['error rate < 1 %'] } };
    expect(ruleTexts({ ensure: { thresholds: [{ x: 1 }] }, plugins })).toEqual([
      'error rate < 1 %',
      'x < 1',
      'http.response_time.p95 < 9',
    ]);
  });

  test('adds a rule about lost users to a test that says nothing about errors', () => {
    expect(ruleTexts({})).toEqual([DEFAULT]);
    expect(ruleTexts({ ensure: { thresholds: [{ 'http.response_time.p95': 1 }] } })).toContain(DEFAULT);
  });

  test.each([
    { ensure: { maxErrorRate: 100 } },
    { ensure: { conditions: [{ expression: 'vusers.failed < 10' }] } },
    { ensure: { thresholds: [{ 'errors.ETIMEDOUT': 5 }] } },
    { plugins: { verdict: { thresholds: ['error rate of "Search" < 50 %'] } } },
  ])('leaves a test alone that says something: %j', (config) => {
    expect(ruleTexts(config)).not.toContain(DEFAULT);
  });
});
