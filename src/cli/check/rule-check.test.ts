import { describe, expect, test } from 'vitest';
import { checkText, shortForm } from '../../workload/check/testing/check-text.ts';
import { checkRules } from './rule-check.ts';

function textWith(rules: string, request = 'url: /search\n          name: Search'): string {
  return [
    'config:',
    '  target: http://127.0.0.1',
    '  phases:',
    '    - name: Incident burst',
    '      duration: 1',
    '      arrivalRate: 1',
    '  plugins:',
    '    metrics-by-endpoint:',
    '      useOnlyRequestNames: true',
    '    verdict:',
    `      thresholds: [${rules.startsWith('[') ? rules.slice(1, -1) : ''}]`,
    ...(rules.startsWith('[') ? [] : [rules.replace(/^/gm, '  ')]),
    'scenarios:',
    '  - name: Triage',
    '    flow:',
    '      - get:',
    `          ${request}`,
    '',
  ].join('\n');
}

function found(rules: string, request?: string): string[] {
  return shortForm(checkText(textWith(rules, request), {}, { rules: checkRules }));
}

describe('a condition', () => {
  test.each([
    ['http.codes.500 == 0 and vusers.failed < 5', []],
    ['not (http.response_time.p999 > 10)', []],
    ['search.hits.mean > 3', []],
    ['plugins.metrics-by-endpoint.response_time.Search.p95 < 1', []],
    ['http.codes.500 = 0', ['ensure-expression@14']],
    ['http.response_time.p95', ['ensure-expression@14']],
    ['http.respones_time.p95 < 1', ['unknown-metric@14 → http.response_time.p95']],
    ['vusers.faild < 1', ['unknown-metric@14 → vusers.failed']],
    ['vusers.created_by_name.Triage > 1', []],
    ['vusers.created_by_name.Triages > 1', ['unknown-metric@14 → Triage']],
    ['plugins.metrics-by-endpoint.response_time.Serach.p95 < 1', ['unknown-metric@14 → Search']],
    ['http.response_time.p95 < {{ $env.LIMIT }}', []],
  ])('%j', (expression, expected) => {
    expect(found(`ensure:\n  conditions:\n    - expression: "${expression}"`)).toEqual(expected);
  });

  test('that cannot be read is marked from the word on that is wrong', () => {
    const findings = checkText(
      textWith('ensure:\n  conditions:\n    - expression: "vusers.failed = 0"'),
      {},
      { rules: checkRules },
    );
    expect(findings).toMatchObject([{ position: { line: 14, column: 36 } }]);
  });
});

describe('a threshold', () => {
  test.each([
    ['http.response_time.p95', []],
    ['my.metric.p95', []],
    ['http.codes.503', []],
    ['http.response_time.p9999', []],
    ['http.requsts', ['unknown-metric@14 → http.requests']],
  ])('about %s', (metric, expected) => {
    expect(found(`ensure:\n  thresholds:\n    - "${metric}": 1`)).toEqual(expected);
  });
});

describe('a sentence', () => {
  test.each([
    ['p95 of "Search" < 300 ms during "Incident burst"', []],
    ['count of "Triage" > 1', []],
    ['search.hits mean > 3', []],
    ['error rate < 1 %', []],
    ['p95 of "Serach" < 300 ms', ['unknown-name-in-threshold@11 → Search']],
    ['p95 < 300 ms during "Incident brust"', ['unknown-name-in-threshold@11 → Incident burst']],
    ['p95 < 300 msec', ['threshold-sentence@11']],
  ])('%j', (sentence, expected) => {
    expect(found(`['${sentence}']`)).toEqual(expected);
  });

  test('may be about any phase where the name of one holds a variable', () => {
    const text = textWith(`['p95 < 300 ms during "Peak on staging"']`).replace(
      'Incident burst',
      '"Peak on {{ $environment }}"',
    );
    expect(checkText(text, {}, { rules: checkRules })).toEqual([]);
  });

  test('may be about any URL where a request has no name, and about any name where it holds a variable', () => {
    expect(found(`['p95 of "/other" < 300 ms', 'p95 of "GET /other" < 300 ms']`, 'url: /other')).toEqual([]);
    expect(found(`['p95 of "Other" < 300 ms']`, 'url: /other')).toEqual(['unknown-name-in-threshold@11']);
    expect(found(`['p95 of "Other" < 300 ms']`, 'url: /other\n          name: "{{ $uuid }}"')).toEqual([]);
  });
});
