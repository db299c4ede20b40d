import { beforeAll, describe, expect, test } from 'vitest';
import type { RuleResult } from '../../../record/index.ts';
import type { ReportData } from '../shared/report-data.ts';
import { failedRun } from '../testing/example-runs.ts';
import { prepareRun } from './report-data.ts';
import { limitLines, thresholdViews } from './thresholds.ts';

let data: ReportData;
let rules: readonly RuleResult[];
beforeAll(() => {
  const run = failedRun();
  data = prepareRun(run, 'failed').data;
  rules = run.record.verdict.rules;
});

function rule(text: string, terms: RuleResult['terms'], outcome: RuleResult['outcome'] = 'passed'): RuleResult {
  return { rule: text, strict: true, outcome, terms };
}

describe('the table of thresholds', () => {
  test('has broken ones first, with margin, phase and the first window in which they were broken', () => {
    const [search, , errors] = thresholdViews(rules, data);
    expect(search).toMatchObject({
      state: 'broken',
      phase: 'Incident burst',
      breaches: { firstMs: 260_000, windows: 12 },
    });
    expect(search?.terms[0]?.marginPercent).toBeLessThan(0);
    expect(search?.focus).toMatchObject({
      chart: 'latency',
      selection: { kind: 'endpoint', name: 'Search' },
      measure: 'response',
    });
    expect(errors).toMatchObject({ state: 'broken', breaches: { firstMs: 240_000 }, focus: { chart: 'errors' } });
  });

  test('understands thresholds of ensure by their metric', () => {
    const subject = 'plugins.metrics-by-endpoint.response_time.Search.p95';
    const [view] = thresholdViews(
      [rule(`${subject} < 1`, [{ subject, operator: '<', observed: 9, limit: 1, holds: false }], 'failed')],
      data,
    );
    expect(view?.focus).toMatchObject({ chart: 'latency', measure: 'firstByte' });
    expect(view?.breaches?.firstMs).toBe(0);
    expect(view?.terms[0]).toMatchObject({ label: 'Search: p95 of first byte', unit: 'ms', marginPercent: -800 });
  });

  test('says nothing about when an expression was broken', () => {
    const terms = [
      { subject: 'a', operator: '<', observed: 1, limit: 2, holds: true },
      { subject: 'b', operator: '>', observed: 1, limit: 2, holds: false },
    ];
    const [view] = thresholdViews([rule('a < 2 and b > 2', terms, 'failed')], data);
    expect(view).toMatchObject({ breaches: undefined, focus: undefined });
  });

  test('adds up counts from the beginning, and leaves out those that must be reached', () => {
    const term = (operator: string, limit: number): RuleResult['terms'] => [
      { subject: 'events.accepted', operator, observed: 9, limit, holds: true },
    ];
    const [below, above] = thresholdViews(
      [rule('events.accepted < 1000', term('<', 1000)), rule('events.accepted > 10', term('>', 10))],
      data,
    );
    expect(below?.breaches?.firstMs).toBeGreaterThan(10_000);
    expect(above?.breaches).toBeUndefined();
  });
});

test('lines are drawn for limits on times, error rates and metrics, over the part that they are about', () => {
  expect(
    limitLines(rules, data).map(({ label, target, limit, fromMs }) => [label, target.kind, limit, fromMs]),
  ).toEqual([
    ['p95', 'time', 400, 180_000],
    ['p95', 'time', 250, 0],
    ['error rate', 'error rate', 1, 0],
    ['p99', 'time', 800, 30_000],
    ['mean', 'metric', 3, 0],
  ]);
});
