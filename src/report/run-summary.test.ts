import { describe, expect, test } from 'vitest';
import { metricLabel } from './metric-label.ts';
import { formatDuration, formatNumber, formatQuantity } from './number-format.ts';
import { runSummary } from './run-summary.ts';
import { PLAIN, styleFor } from './style.ts';
import { exampleRecord, exampleRule as rule, SEARCH } from './testing/example-record.ts';

const RECORD = exampleRecord();

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
      "         3  ETIMEDOUT: Sign in: Timeout awaiting 'response' for 10000ms",
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
