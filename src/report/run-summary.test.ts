import { describe, expect, test } from '@jest/globals';
import type { RuleResult, RunRecord } from '../record/index.ts';
import { metricLabel } from './metric-label.ts';
import { formatDuration, formatNumber, formatQuantity } from './number-format.ts';
import { runSummary } from './run-summary.ts';
import { PLAIN, styleFor } from './style.ts';

const figures = {
  count: 300,
  min: 2,
  max: 905,
  mean: 40,
  p50: 31.4,
  p75: 50,
  p90: 90,
  p95: 212.34,
  p99: 640,
  p999: 900,
};
const SEARCH = 'plugins.metrics-by-endpoint.response_time.Search';

function rule(text: string, outcome: RuleResult['outcome'], terms: RuleResult['terms'], strict = true): RuleResult {
  return { rule: text, strict, outcome, terms };
}

const RECORD: RunRecord = {
  schema: 'proving-ground/run',
  version: 1,
  test: { name: 'peak.yml', file: 'artillery/peak.yml' },
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:03:02.000Z',
  ending: { how: 'completed', faults: [], suggestedExitCode: 0 },
  replay: 'SEED=42 npx artillery run artillery/peak.yml',
  seed: '42',
  environment: { artillery: '2.0.34', node: 'v24', platform: 'linux x64', cpus: 2, cpuModel: 'x', memoryBytes: 1 },
  configuration: {},
  phases: [],
  metrics: {
    counters: {
      'vusers.created': 312,
      'http.requests': 5432,
      'plugins.metrics-by-endpoint.Search.codes.200': 290,
      'plugins.metrics-by-endpoint.Search.codes.429': 8,
      'plugins.metrics-by-endpoint.Search.codes.503': 2,
      'plugins.metrics-by-endpoint.Sign in.codes.200': 312,
      'plugins.metrics-by-endpoint.Sign in.errors.ETIMEDOUT': 3,
      'errors.ETIMEDOUT': 3,
    },
    rates: {},
    summaries: { [SEARCH]: figures, 'plugins.metrics-by-endpoint.response_time.Sign in': { ...figures, p95: 88 } },
    histograms: {},
    extra: {},
  },
  windows: [],
  verdict: {
    outcome: 'failed',
    reason: `${SEARCH}.p95 < 200 is broken: observed 212.3`,
    exitCode: 1,
    faults: [],
    rules: [
      rule('http.codes.500 == 0', 'passed', [
        { subject: 'http.codes.500', operator: '==', observed: 0, limit: 0, holds: true },
      ]),
      rule(`${SEARCH}.p95 < 200`, 'failed', [
        { subject: `${SEARCH}.p95`, operator: '<', observed: 212.34, limit: 200, holds: false },
      ]),
      rule(
        'search.hits.mean > 3',
        'no data',
        [{ subject: 'search.hits.mean', operator: '>', limit: 3, holds: false }],
        false,
      ),
      rule('a < 1 and b > 2', 'passed', [
        { subject: 'a', operator: '<', observed: 0.5, limit: 1, holds: true },
        { subject: 'b', operator: '>', observed: 3, limit: 2, holds: true },
      ]),
    ],
  },
};

describe('runSummary', () => {
  test('says the verdict first, then rules, endpoints and where the rest is', () => {
    expect(runSummary(RECORD, { style: PLAIN, width: 80, folder: 'reports/x' }).split('\n')).toEqual([
      `Verdict: FAILED (${SEARCH}.p95 < 200 is broken: observed 212.3)`,
      '  peak.yml · 3 min 2 s · 312 users · 5,432 requests · seed 42',
      '',
      '            Rule                       Observed     Limit      Margin',
      '  BROKEN    Search: p95 of first byte    212 ms  < 200 ms  6.2 % over',
      '  not held  search.hits.mean            no data       > 3',
      '  ok        http.codes.500                    0      == 0',
      '  ok        a < 1 and b > 2',
      '              a                             0.5       < 1  50 % under',
      '              b                               3       > 2   50 % over',
      '',
      '  Endpoint (ms)  Answers  4xx  5xx  No answer   p50  p95  p99  max',
      '  Search             300    8    2          0  31.4  212  640  905',
      '  Sign in            312    0    0          3  31.4   88  640  905',
      '',
      '  Errors',
      '         3  ETIMEDOUT',
      '',
      '  Generator: not known (nobody looked at it)',
      '',
      '  Report: reports/x/run.json',
      '  Beside it: metrics.csv',
      '  Same run again: SEED=42 npx artillery run artillery/peak.yml',
    ]);
  });

  test('keeps the rules within the width, however long a name is', () => {
    const long = `${'very long name '.repeat(10)}end`;
    const rules = [rule(long, 'passed', [{ subject: long, operator: '<', observed: 1, limit: 2, holds: true }])];
    const summary = runSummary(
      { ...RECORD, verdict: { ...RECORD.verdict, reason: 'x', rules } },
      { style: PLAIN, width: 60 },
    );
    expect(
      Math.max(
        ...summary
          .split('\n')
          .filter((line) => /^ +(?:ok|Rule) /.test(line))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
    expect(summary).toContain('…');
  });

  test('sets nothing apart by colour when piped or with NO_COLOR', () => {
    expect(styleFor({ isTTY: false }, {}).bad('x')).toBe('x');
    expect(styleFor({}, {}).bad('x')).toBe('x');
    expect(styleFor({ isTTY: true }, { NO_COLOR: '1' }).bad('x')).toBe('x');
    expect(styleFor({ isTTY: true }, {}).bad('x')).toBe('\u001b[31mx\u001b[39m');
  });
});

describe('metricLabel', () => {
  test.each([
    ['plugins.metrics-by-endpoint.response_time.Sign in.p99', 'Sign in: p99 of first byte', 'ms'],
    ['plugins.metrics-by-endpoint.response_time.Sign in.count', 'Sign in: answers', ''],
    ['plugins.metrics-by-endpoint.Sign in.codes.401', 'Sign in: answers 401', ''],
    ['plugins.metrics-by-endpoint.Sign in.errors.ETIMEDOUT', 'Sign in: errors ETIMEDOUT', ''],
    ['http.response_time.p95', 'http.response_time.p95', 'ms'],
    ['search.time.phrase.p95', 'search.time.phrase.p95', 'ms'],
    ['threats.detection_time.count', 'threats.detection_time.count', ''],
    ['http.request_rate', 'http.request_rate', '/s'],
    ['events.accepted', 'events.accepted', ''],
    ['maxErrorRate', 'users lost (maxErrorRate)', '%'],
  ])('%s', (name, label, unit) => {
    expect(metricLabel(name)).toEqual({ label, unit });
  });
});

test('numbers have three significant digits, and whole ones all of theirs', () => {
  expect([0, 0.4567, 12.345, 999.4, 1234.5, 1_000_000].map(formatNumber)).toEqual([
    '0',
    '0.457',
    '12.3',
    '999',
    '1,235',
    '1,000,000',
  ]);
  expect(formatQuantity(30, '/s')).toBe('30/s');
  expect([400, 59_400, 182_000, 3_660_000].map(formatDuration)).toEqual(['0 s', '59 s', '3 min 2 s', '1 h 1 min']);
});
