import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../record/index.ts';
import { exampleRecord } from '../testing/example-record.ts';
import { HOSTILE_NAMES, hostileRecord, hostileText, recordNamed } from '../testing/hostile-names.ts';
import type { RunComparison } from './comparison.ts';
import { markdownCode, markdownText } from './markdown.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/** The most characters that GitHub takes for a comment. */
const COMMENT = 65_536;

test('says verdict, reason, thresholds, endpoints, course, errors and how to run it again', () => {
  expect(summaryMarkdown(exampleRecord(), { report: 'reports/x/report.html' }).split('\n')).toEqual([
    '<!-- proving-ground summary of peak.yml -->',
    '',
    '### ❌ peak.yml: failed',
    '',
    '**plugins.metrics-by-endpoint.response&#95;time.Search.p95 &#60; 200 is broken: observed 212.3**',
    '',
    '3 min 2 s · 312 users · 5,432 requests · seed 42',
    '',
    '|  | Threshold | Observed | Limit | Margin |',
    '| :--- | :--- | ---: | ---: | ---: |',
    '| ❌ broken | <code>Search: p95 of first byte</code> | 212 ms | &#60; 200 ms | 6.2 % over |',
    '| ⚠️ not held | <code>search.hits.mean</code> | no data | &#62; 3 |  |',
    '| ✅ | <code>http.codes.500</code> | 0 | == 0 |  |',
    '| ✅ | <code>a &#60; 1 and b &#62; 2</code> |  |  |  |',
    '|  | · <code>a</code> | 0.5 | &#60; 1 | 50 % under |',
    '|  | · <code>b</code> | 3 | &#62; 2 | 50 % over |',
    '',
    '| Endpoint (first byte, ms) | Answers | 4xx | 5xx | No answer | p50 | p95 | p99 | max |',
    '| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| <code>Search</code> | 300 | 8 | 2 | 0 | 31.4 | 212 | 640 | 905 |',
    '| <code>Sign in</code> | 312 | 0 | 0 | 3 | 31.4 | 88 | 640 | 905 |',
    '',
    '```',
    'requests    ▃▅█ up to 40/s',
    'first byte  ▃▅█ p95 up to 400 ms',
    '```',
    '',
    '**Errors**',
    '',
    "- 3 × <code>ETIMEDOUT</code>, for example <code>Sign in</code>: <code>Timeout awaiting 'response' for 10000ms</code>",
    '',
    'Report: <code>reports/x/report.html</code><br>',
    'Same run again: <code>SEED=42 npx artillery run artillery/peak.yml</code>',
    '',
  ]);
});

describe('differences from a baseline', () => {
  const comparison: RunComparison = {
    baseline: 'main',
    differences: [
      {
        name: 'p95 of Search',
        unit: 'ms',
        before: 100,
        after: 130,
        change: { share: 0.3, low: 0.2, high: 0.41 },
        judgement: 'worse',
      },
      { name: 'error rate', unit: '%', before: undefined, after: 1, judgement: 'advisory' },
    ],
  };

  test('are shown with their interval, between the thresholds and the endpoints', () => {
    const summary = summaryMarkdown(exampleRecord(), { comparison });
    expect(summary).toContain(
      '| Compared with <code>main</code> | Before | Now | Change |  |\n| :--- | ---: | ---: | ---: | :--- |\n' +
        '| <code>p95 of Search</code> | 100 ms | 130 ms | +30 % (+20 % to +41 %) | worse |\n' +
        '| <code>error rate</code> |  | 1 % |  | advisory |',
    );
    expect(summary.indexOf('Compared with')).toBeGreaterThan(summary.indexOf('Threshold'));
    expect(summary.indexOf('Compared with')).toBeLessThan(summary.indexOf('Endpoint ('));
  });

  test('are said to be none when there are none', () => {
    expect(summaryMarkdown(exampleRecord(), { comparison: { ...comparison, differences: [] } })).toContain(
      'No difference from <code>main</code>.',
    );
  });
});

test('fits a comment however much there is, and says what is left out', () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `${'|<&`'.repeat(40)}${index}`);
  const summary = summaryMarkdown(recordNamed(names));
  expect(summary.length).toBeLessThan(COMMENT);
  expect(Buffer.byteLength(summary)).toBeLessThan(COMMENT);
  expect(summary).toMatch(/\| and 1,9\d\d more thresholds, in the report \|/);
  expect(summary).toMatch(/- and 1,9\d\d more kinds of error, in the report/);
});

describe('texts of others', () => {
  const OWN_TAGS = /<\/?(?:code|details|summary)>|<br>|<!-- [^<>]*-->/g;

  test('stay text: no markup, no mention, no issue, no address, no line of their own', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const shown = markdownText(text);
        expect(shown.replaceAll('<!-- -->', '')).not.toMatch(/[<>`|\\*_~[\]$\n\r]|\p{Cc}/u);
        expect(shown).not.toMatch(/@(?!<!-- -->)|#(?!\d+;|<!-- -->)|:\/\/|www\./i);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('say the same as before when they are rendered', () => {
    const rendered = (text: string): string =>
      markdownText(text)
        .replaceAll('<!-- -->', '')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    for (const text of ['a|b', '`x` & <b>', 'GET /a/{{ id }}?x=1#y', '@team', '&#60;', 'http://x/']) {
      expect(rendered(text)).toBe(text);
    }
  });

  test('keep every table a table', () => {
    fc.assert(
      fc.property(hostileRecord(), (record: RunRecord) => {
        const summary = summaryMarkdown(record);
        expect(summary.replace(OWN_TAGS, '')).not.toMatch(/[<>]/);
        for (const block of summary.split('\n\n').filter((each) => each.startsWith('|'))) {
          const widths = block.split('\n').map((line) => line.split('|').length);
          expect(new Set(widths).size).toBe(1);
        }
        expect(summary.match(/`/g)?.length).toBe(6);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  test('are cut when they are very long', () => {
    expect(markdownCode('x'.repeat(10_000)).length).toBeLessThan(140);
    expect(summaryMarkdown(recordNamed(HOSTILE_NAMES))).toContain('…');
  });
});
