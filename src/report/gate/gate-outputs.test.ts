import { describe, expect, test } from 'vitest';
import type { GateRecord } from '../../gate/regression/index.ts';
import { exampleGate } from '../../gate/regression/testing/example-gate.ts';
import { PLAIN } from '../style.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { gateHtml } from './gate-html.ts';
import { gateJunit } from './gate-junit.ts';
import { gateMarkdown } from './gate-markdown.ts';
import { gateText } from './gate-text.ts';

const SLOWER = exampleGate({
  count: 12,
  endpoints: [
    { name: 'Search', factor: 1.3 },
    { name: 'Other', waits: 1.2 },
  ],
});
const EQUAL = exampleGate({ count: 24, endpoints: [{ name: 'Search' }, { name: 'Other' }] });

const text = (record: GateRecord): string => gateText(record, { style: PLAIN, width: 80 });

describe('in a terminal', () => {
  test('the answer comes first, then the culprit apart from whom it delays, then what is worst', () => {
    const lines = text(SLOWER).split('\n');
    expect(lines[0]).toMatch(/^Verdict: REGRESSED: p\d\d of Search changed by \+/);
    expect(text(SLOWER)).toMatch(/Culprit: Search \(its own work takes .*\)\. Merely delayed by it: Other/);
    expect(lines.find((line) => line.startsWith('✗'))).toMatch(/^✗ Search +p50/);
  });

  test('tables fit into 80 columns', () => {
    const table = text(EQUAL).split('\n').slice(3);
    expect(table.length).toBeGreaterThan(5);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('in Markdown', () => {
  test('the heading says the answer, and the first table holds what decides', () => {
    expect(gateMarkdown(SLOWER)).toMatch(/^## ❌ Performance regressed\n/);
    expect(gateMarkdown(EQUAL)).toMatch(/^## ✅ Performance unchanged\n/);
    expect(gateMarkdown(SLOWER)).toContain('| ❌ regressed | Search | p50 |');
  });

  test('two hundred endpoints still fit into a comment', () => {
    const endpoints = Array.from({ length: 200 }, (_, index) => ({ name: `Endpoint ${index}`, factor: 1.3 }));
    expect(Buffer.byteLength(gateMarkdown(exampleGate({ count: 12, endpoints })))).toBeLessThan(60_000);
  });
});

test('JUnit has a test for the answer and one for each figure that decides', () => {
  const xml = gateJunit(SLOWER);
  const gating = SLOWER.rows.filter(({ isGating }) => isGating).length;
  expect(xml.match(/<testcase /g)).toHaveLength(gating + 1);
  expect(xml).toMatch(/<testcase name="p50 of Search"[^>]*>\n {6}<failure message="[^"]*\+\d+\.\d %/);
});

test('the page forbids every request and draws each figure that decides', () => {
  const page = gateHtml(SLOWER);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|https?:\/\//);
  expect(page.match(/<g stroke/g)).toHaveLength(SLOWER.rows.filter(({ isGating }) => isGating).length);
});

test('names of others stay text in every output', () => {
  const record = exampleGate({ count: 12, endpoints: HOSTILE_NAMES.map((name) => ({ name, factor: 1.3 })) });
  expect(gateHtml(record)).not.toMatch(/<script|<img/i);
  expect(gateMarkdown(record)).not.toMatch(/<script|<img|\]\(http/i);
  expect(text(record).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
