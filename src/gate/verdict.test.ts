import { describe, expect, test } from 'vitest';
import type { MetricSet, RuleResult, RunEnding, ValidityRecord } from '../record/index.ts';
import { decideVerdict, metricsForRules } from './verdict.ts';

const SERVED: MetricSet = {
  counters: { 'vusers.created': 10, 'vusers.completed': 10, 'http.requests': 50, 'http.responses': 50 },
  rates: {},
  histograms: {},
};
const COMPLETED: RunEnding = { how: 'completed', faults: [], suggestedExitCode: 0 };

function rule(outcome: RuleResult['outcome'], strict = true): RuleResult {
  const observed = outcome === 'no data' ? {} : { observed: 312.5 };
  const term = { subject: 'x.p95', operator: '<', limit: 300, ...observed, holds: outcome === 'passed' };
  return { rule: 'x.p95 < 300', position: 'peak.yml:9:5', strict, outcome, terms: [term] };
}

function counters(counts: Record<string, number>): MetricSet {
  return { ...SERVED, counters: { ...SERVED.counters, ...counts } };
}

describe('a completed run', () => {
  test('passes when every strict rule holds', () => {
    const verdict = decideVerdict([rule('passed'), rule('failed', false)], {
      ending: COMPLETED,
      metrics: SERVED,
      plannedUsers: 10,
    });
    expect(verdict).toMatchObject({ outcome: 'passed', exitCode: 0, faults: [] });
    expect(verdict.reason).toBe('the rule holds; 1 optional rule does not hold');
  });

  test('says so when there was nothing to check', () => {
    expect(decideVerdict([], { ending: COMPLETED, metrics: SERVED, plannedUsers: 10 }).reason).toMatch(
      /no thresholds are set/,
    );
  });

  test('fails on a broken rule and names rule, observation and place', () => {
    const verdict = decideVerdict([rule('passed'), rule('failed'), rule('no data')], {
      ending: COMPLETED,
      metrics: SERVED,
      plannedUsers: 10,
    });
    expect(verdict).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(verdict.reason).toBe('x.p95 < 300 is broken: observed 312.5 (peak.yml:9:5); and 1 more');
  });

  test('fails on a rule without data', () => {
    const verdict = decideVerdict([rule('no data')], { ending: COMPLETED, metrics: SERVED, plannedUsers: 10 });
    expect(verdict).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(verdict.reason).toContain('no data');
  });

  test.each([
    ['no user was started', { 'vusers.created': 0 }, /put no load on anything/],
    ['no request was answered', { 'http.responses': 0 }, /none of 50 requests was answered/],
    ['no user finished', { 'vusers.completed': 0 }, /no virtual user reached the end/],
    ['a function is missing', { 'errors.Undefined function "signIn"': 3 }, /Undefined function "signIn"/],
  ])('never passes when %s', (_, counts, reason) => {
    const verdict = decideVerdict([rule('passed')], { ending: COMPLETED, metrics: counters(counts), plannedUsers: 10 });
    expect(verdict).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(verdict.reason).toMatch(reason);
  });

  test('fails when far fewer users arrived than were planned, and not one step before', () => {
    const judge = (created: number, skipped = 0, plannedUsers = 100) =>
      decideVerdict([], {
        ending: COMPLETED,
        metrics: counters({ 'vusers.created': created, 'vusers.skipped': skipped }),
        plannedUsers,
      });
    expect(judge(89)).toMatchObject({ outcome: 'failed', reason: 'only 89 of 100 planned virtual users arrived' });
    expect(judge(90).outcome).toBe('passed');
    expect(judge(50, 40).outcome).toBe('passed');
    expect(judge(10, 0, 19).outcome).toBe('passed');
  });

  test('fails when nothing was sent, or less than half of what the journeys make', () => {
    const judge = (requests: number, plannedRequestsPerUser: number) => {
      const metrics = counters({ 'http.requests': requests, 'http.responses': requests });
      return decideVerdict([], { ending: COMPLETED, metrics, plannedUsers: 10, plannedRequestsPerUser });
    };
    expect(judge(0, 0)).toMatchObject({ outcome: 'failed', reason: 'nothing was sent: the journeys make no request' });
    expect(judge(24, 5)).toMatchObject({
      outcome: 'failed',
      reason: 'only 24 requests were sent where the journeys make at least 50',
    });
    expect(judge(25, 5).outcome).toBe('passed');
    expect(judge(1, 0).outcome).toBe('passed');
  });

  test('does not miss HTTP requests where another engine sends', () => {
    const sent = { 'http.requests': 0, 'http.responses': 0, 'websocket.messages_sent': 5 };
    expect(decideVerdict([], { ending: COMPLETED, metrics: counters(sent), plannedUsers: 10 }).outcome).toBe('passed');
  });

  test('fails when something went wrong beside it', () => {
    const ending = { ...COMPLETED, faults: ['reference-platform: the platform died'] };
    expect(decideVerdict([rule('passed')], { ending, metrics: SERVED, plannedUsers: 10 })).toMatchObject({
      outcome: 'failed',
      exitCode: 1,
      reason: 'reference-platform: the platform died',
    });
  });

  test('keeps the exit code of another plugin that failed', () => {
    const ending = { ...COMPLETED, suggestedExitCode: 21 };
    expect(decideVerdict([rule('passed')], { ending, metrics: SERVED, plannedUsers: 10 })).toMatchObject({
      outcome: 'failed',
      exitCode: 21,
    });
  });
});

describe('a run that was cut short', () => {
  test('is inconclusive with the code of the signal, whatever its rules say', () => {
    const ending: RunEnding = { how: 'interrupted', faults: [], suggestedExitCode: 130 };
    expect(decideVerdict([rule('passed')], { ending, metrics: SERVED, plannedUsers: 10 })).toMatchObject({
      outcome: 'inconclusive',
      exitCode: 130,
    });
    expect(decideVerdict([rule('failed')], { ending, metrics: SERVED, plannedUsers: 10 })).toMatchObject({
      outcome: 'inconclusive',
      exitCode: 130,
    });
  });

  test('is inconclusive with a code of its own when nobody gave one', () => {
    const ending: RunEnding = { how: 'stopped early', faults: [], suggestedExitCode: 0 };
    expect(decideVerdict([], { ending, metrics: SERVED, plannedUsers: 10 }).exitCode).toBe(5);
  });

  test('does not count users in the middle of their journey as lost', () => {
    const metrics = counters({ 'vusers.created': 100, 'vusers.completed': 60, 'vusers.failed': 3 });
    expect(metricsForRules(metrics, 'interrupted').counters['vusers.completed']).toBe(97);
    expect(metricsForRules(metrics, 'completed')).toBe(metrics);
  });
});

describe('a run whose generator was the bottleneck', () => {
  const LATE: ValidityRecord = {
    outcome: 'not valid',
    enforced: true,
    figures: {},
    findings: [
      { rule: 'event loop', outcome: 'noted', unit: '', text: 'worth knowing', intervals: [] },
      { rule: 'arrivals', outcome: 'not valid', unit: '', text: 'users came late, from 2 s to 9 s', intervals: [] },
    ],
  };
  const judge = (rules: readonly RuleResult[], ending: RunEnding = COMPLETED, validity = LATE, metrics = SERVED) =>
    decideVerdict(rules, { ending, metrics, plannedUsers: 10, validity });

  test('is not valid although its rules hold', () => {
    expect(judge([rule('passed')])).toMatchObject({
      outcome: 'not valid',
      exitCode: 4,
      reason: 'the generator was the bottleneck: users came late, from 2 s to 9 s',
    });
  });

  test('tells of broken rules and of a stop as well', () => {
    expect(judge([rule('failed'), rule('failed', false)])).toMatchObject({ outcome: 'not valid', exitCode: 4 });
    expect(judge([rule('failed')]).reason).toMatch(/; it also broke rules: x\.p95 < 300 is broken: observed 312\.5/);
    const stopped: RunEnding = { ...COMPLETED, how: 'stopped early', stoppedBy: 'stop if error rate > 20 %' };
    expect(judge([], stopped)).toMatchObject({ exitCode: 4, reason: expect.stringContaining('also stopped: stop if') });
  });

  test('has a fault of the test before it', () => {
    expect(judge([], { ...COMPLETED, faults: ['the platform died'] })).toMatchObject({
      outcome: 'failed',
      exitCode: 1,
    });
  });

  test('is told instead of users who did not arrive', () => {
    const metrics = counters({ 'vusers.created': 50, 'vusers.completed': 50 });
    const facts = { ending: COMPLETED, metrics, plannedUsers: 100 };
    expect(decideVerdict([], { ...facts, validity: LATE })).toMatchObject({ outcome: 'not valid', exitCode: 4 });
    const sendsLittle = { ...facts, plannedUsers: 50, plannedRequestsPerUser: 9 };
    expect(decideVerdict([], { ...sendsLittle, validity: LATE })).toMatchObject({ outcome: 'not valid', exitCode: 4 });
    expect(decideVerdict([], sendsLittle)).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(decideVerdict([], facts)).toMatchObject({ outcome: 'failed', exitCode: 1 });
  });

  test('is told instead of a system that did not answer what never left the generator', () => {
    const metrics = counters({ 'http.responses': 0, 'vusers.completed': 0 });
    const [, late] = LATE.findings;
    const findings = late === undefined ? [] : [{ ...late, rule: 'errors of the generator' as const }];
    const facts = { ending: COMPLETED, metrics, plannedUsers: 10 };
    expect(decideVerdict([], { ...facts, validity: { ...LATE, findings } })).toMatchObject({ outcome: 'not valid' });
    expect(decideVerdict([], { ...facts, validity: LATE })).toMatchObject({ outcome: 'failed', exitCode: 1 });
  });

  test('is inconclusive when it was cut short, and judged by its rules where that is not enforced', () => {
    const cut: RunEnding = { how: 'interrupted', faults: [], suggestedExitCode: 130 };
    expect(judge([rule('passed')], cut)).toMatchObject({ outcome: 'inconclusive', exitCode: 130 });
    expect(judge([rule('passed')], COMPLETED, { ...LATE, enforced: false }).outcome).toBe('passed');
  });

  test('does not hide the exit code of another plugin from the reason', () => {
    expect(judge([], { ...COMPLETED, suggestedExitCode: 21 })).toMatchObject({
      exitCode: 4,
      reason: expect.stringMatching(/another plugin asked for exit code 21$/),
    });
  });
});
