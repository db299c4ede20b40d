import { readRules } from 'proving-ground/gate/index.ts';
import { sketchOf } from 'proving-ground/stats/index.ts';
import { expect, test } from 'vitest';
import { followRules } from './standing-rules.ts';

test('says at every moment how the rules stand over the run so far', () => {
  const config = { ensure: { thresholds: [{ 'http.response_time.max': 100 }], maxErrorRate: 10 } };
  const standing = followRules(readRules(config, () => undefined));
  const outcomes = (): string[] => standing.results().map(({ rule, outcome }) => `${rule}: ${outcome}`);
  const observe = (max: number, created: number, failed: number): void =>
    standing.observe({
      startedAt: 0,
      elapsedMs: 0,
      seconds: 1,
      phase: undefined,
      plannedUsers: created,
      measured: {
        counters: { 'vusers.created': created, 'vusers.failed': failed },
        events: {},
        histograms: { 'http.response_time': sketchOf([max]) },
      },
    });
  observe(50, 10, 0);
  // Users who are still at work are not lost.
  expect(outcomes()).toEqual(['http.response_time.max < 100: passed', 'maxErrorRate <= 10: passed']);
  observe(500, 10, 5);
  expect(outcomes()).toEqual(['http.response_time.max < 100: failed', 'maxErrorRate <= 10: failed']);
  observe(50, 100, 0);
  expect(outcomes()).toEqual(['http.response_time.max < 100: failed', 'maxErrorRate <= 10: passed']);
});

test('a count that has yet to reach its limit is not broken while the run goes on', () => {
  const config = { ensure: { conditions: [{ expression: 'events.accepted > 100 and vusers.failed < 5' }] } };
  const standing = followRules(readRules(config, () => undefined));
  const outcome = (counters: Record<string, number>): string | undefined => {
    const measured = { counters, events: {}, histograms: {} };
    standing.observe({ startedAt: 0, elapsedMs: 0, seconds: 1, phase: undefined, plannedUsers: 1, measured });
    return standing.results().find(({ rule }) => rule.startsWith('events.accepted'))?.outcome;
  };
  expect(outcome({ 'events.accepted': 60, 'vusers.failed': 0 })).toBe('no data');
  expect(outcome({ 'events.accepted': 60, 'vusers.failed': 0 })).toBe('passed');
  expect(outcome({ 'events.accepted': 1, 'vusers.failed': 9 })).toBe('failed');
});
