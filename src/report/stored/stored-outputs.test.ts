import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StoredComparison, StoredRow } from '../../gate/regression/index.ts';
import { escapeMarkup } from '../plan/markup.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { storedMarkdown, storedNotes, storedPage, storedText } from './index.ts';

const endpoint = (name: string) => ({ kind: 'endpoint', name }) as const;

function compared(name: string, metric: StoredRow['metric'], change: number, half: number): StoredRow {
  const interval = { low: change - half, high: change + half };
  const reads = interval.low > 0 ? 'more' : interval.high < 0 ? 'less' : 'no clear change';
  const baseline = metric === 'error rate' ? 0.01 : 20;
  const candidate = metric === 'error rate' ? baseline + change : baseline * (1 + change);
  const shared = { target: endpoint(name), metric, kind: 'compared', basis: 'run to run', flags: [] } as const;
  return { ...shared, baseline, candidate, change, interval, reads };
}

const COMPARISON: StoredComparison = {
  warmUpSec: 20,
  flagged: [{ kind: 'flagged', what: 'journeys', baseline: '0a1b2c3d4e5f', candidate: 'f5e4d3c2b1a0' }],
  rows: [
    compared('Search', 'p50', 0.123, 0.03),
    compared('Search', 'p95', 0.04, 0.05),
    compared('Search', 'error rate', 0.012, 0.004),
    compared('Search', 'throughput', -0.06, 0.01),
    {
      ...compared('Dashboard', 'p50', -0.08, 0.02),
      flags: [{ kind: 'trend', run: 'b', p: 0.001 }],
    } as StoredRow,
    {
      target: endpoint('Dashboard'),
      metric: 'p99',
      kind: 'not compared',
      why: { kind: 'too few values', perBlock: 312, needed: 1000 },
    },
    {
      target: endpoint('Report'),
      metric: 'p50',
      kind: 'not compared',
      why: { kind: 'only on one side', side: 'candidate' },
    },
  ],
};
const NAMES = { before: 'reports/baselines/peak.json', after: 'reports/2026-03-04T09-30-00-peak' };

/** To be written anew, and read, when the wording changes on purpose. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
}

test('the text is as it was read last', () => {
  expect(`${storedText(COMPARISON, 100)}\n`).toBe(golden('comparison.txt'));
});

test('the Markdown is as it was read last', () => {
  expect(storedMarkdown(COMPARISON, NAMES)).toBe(golden('comparison.md'));
});

test('the page has every line and every note, and may ask for nothing', () => {
  const page = storedPage(COMPARISON, NAMES);
  expect(page).toContain("default-src 'none'");
  expect(page.match(/<tr><td>/g)).toHaveLength(5);
  for (const note of storedNotes(COMPARISON)) expect(page).toContain(`<li>${escapeMarkup(note)}</li>`);
});

test('worse is marked as worse, also where less is worse', () => {
  const marked = storedPage(COMPARISON, NAMES).match(
    /stroke="var\(--(?:bad|good)\)" fill="[^"]+"><title>[^:]+: [^ ]+ /g,
  );
  expect(marked?.map((each) => each.replace(/" fill.*<title>/, ' ').replace('stroke="var(--', ''))).toEqual([
    'bad) Search: p50 ',
    'bad) Search: error ',
    'bad) Search: throughput ',
    'good) Dashboard: p50 ',
  ]);
});

test.each(HOSTILE_NAMES)('%j stays on its line and does nothing', (name) => {
  const comparison = { ...COMPARISON, rows: [compared(name, 'p50', 0.2, 0.1)] };
  const names = { before: name, after: name };
  expect(storedText(comparison, 100).split('\n')).toHaveLength(
    storedText({ ...COMPARISON, rows: [compared('a', 'p50', 0.2, 0.1)] }, 100).split('\n').length,
  );
  expect(storedPage(comparison, names)).not.toMatch(/<script|<img|<svg onload/i);
  expect(storedMarkdown(comparison, names)).not.toMatch(/<script|<img|^=/im);
});
