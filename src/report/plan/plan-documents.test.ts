import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { effectiveTest, makePlan, measuredRun, type Plan, type PlanOptions } from '../../workload/plan/index.ts';
import { parseTestFile } from '../../workload/test-file.ts';
import { styleFor } from '../style.ts';
import { planBrief, planHtml, planJson, planSvg, planText } from './index.ts';

const PLAIN = styleFor({}, {});
const COLOURED = styleFor({ isTTY: true }, {});
const TEXT = `config:
  target: http://127.0.0.1:4600
  phases:
    - {name: Warm-up, duration: 20, arrivalRate: 1, rampTo: 5}
    - {name: Peak, duration: 60, arrivalRate: 5}
scenarios:
  - name: Search
    weight: 3
    flow:
      - get: {url: /search, name: Search}
      - think: 4
      - get: {url: "/documents/{{ id }}", ifTrue: found}
  - name: Report
    flow:
      - loop: [{get: {url: /report}}]
        count: 4
`;

function planOf(text = TEXT, options: Partial<PlanOptions> = {}): Plan {
  const test = effectiveTest(parseTestFile('peak.yml', text), { env: {} });
  return makePlan(test, { workers: 1, ...options });
}

/** To be written anew, and read, when the wording changes on purpose. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
}

const ESCAPE = '\u001b';

describe('planText', () => {
  test('says everything in 80 plain columns', () => {
    const text = planText(planOf(), { style: PLAIN, width: 200 });
    expect(`${text}\n`).toBe(golden('plan.txt'));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('fits a narrow terminal, and keeps what is in a cell', () => {
    const text = planText(planOf(), { style: PLAIN, width: 60 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toMatch(/GET \/report +360 +the YAML/);
  });

  test('has colours on a terminal, and says the same', () => {
    const [plain, coloured] = [PLAIN, COLOURED].map((style) => planText(planOf(), { style, width: 80 }));
    expect(coloured).toContain(`${ESCAPE}[36m`);
    expect(coloured?.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain);
  });

  test('names the run that it learned from', () => {
    const counters = {
      'vusers.created_by_name.Search': 100,
      'plugins.metrics-by-endpoint.GET /documents.codes.200': 20,
    };
    const run = {
      test: { file: 'peak.yml' },
      startedAt: '2026-11-21T01:00:00.000Z',
      ending: { how: 'completed' },
      configuration: {},
      metrics: { counters, summaries: { 'vusers.session_length': { mean: 9500 } } },
    };
    const measured = measuredRun(run, 'reports/latest', { config: {} });
    const text = planText(planOf(TEXT, { measured, measuredIsWanted: true }), { style: PLAIN, width: 80 });
    expect(text).toContain('A user stays 9.5 s on average, as measured in reports/latest (2026-11-21).');
    // One length for all users says nothing about a single journey.
    expect(text).not.toContain('Stays');
  });

  test('shows the mix of a phase, what runs once, and users that are turned away', () => {
    const phases = '[{duration: 10, arrivalRate: 10, maxVusers: 5, mix: {A: 10, B: 30}}]';
    const scenarios = '  - {name: A, flow: [{think: 1}]}\n  - {name: B, flow: [{get: {url: /b}}, {think: 1}]}';
    const test = `config:\n  engine: undici\n  phases: ${phases}\nbefore: {flow: [{get: {url: /x}}]}\nscenarios:\n${scenarios}`;
    const text = planText(planOf(test, { responseMs: 0 }), { style: PLAIN, width: 80 });
    expect(text).toMatch(/What they do: 25 %\s+A, 75 % B\./);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('and 1 request once before or after');
    expect(text).toMatch(/about 50 of 100 users/);
  });

  test('survives a test in which nothing happens', () => {
    const text = planText(planOf('config:\n  phases: [{pause: 5}]\nscenarios:\n  - flow: []\n'), {
      style: PLAIN,
      width: 80,
    });
    expect(text).toContain('0 users, about 0 requests');
    expect(text).toContain('No user arrives, so nothing is tested.');
  });
});

describe('planBrief', () => {
  test('has three to eight lines', () => {
    expect(planBrief(planOf(), { style: PLAIN, width: 80 }).split('\n')).toEqual([
      'Plan: 80 s, 360 users, about 765 requests (2.13 a user; 630 to 900 in all); at',
      'most 5 new users a second, about 16 at work at the same time',
      '    5 │       ▂▂▂▄▅▅▅▆█████████████████████████████████████████████████████▃┊',
      '      │▃▃▅▆▆▆▇██████████████████████████████████████████████████████████████┊',
      '    0 └─────────────────┴───────────────────────────────────────────────────┴───',
      '       1 Warm-up        2 Peak                                              end',
    ]);
  });
});

/** Whether tags are closed in the order in which they were opened. */
function isWellFormed(markup: string, isVoid: (tag: string) => boolean = () => false): boolean {
  const open: string[] = [];
  for (const [, slash, tag = '', end] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|[^<>"])*?(\/?)>/g)) {
    if (slash === '/') {
      if (open.pop() !== tag) return false;
    } else if (end !== '/' && !isVoid(tag)) open.push(tag);
  }
  return open.length === 0;
}

const HOSTILE = '</title><script>alert(1)</script>" onload="x';
const HOSTILE_TEST = TEXT.replaceAll(/Warm-up|Search/g, JSON.stringify(HOSTILE));

describe('planSvg', () => {
  test('draws the same file for the same plan', () => {
    expect(planSvg(planOf())).toBe(golden('plan.svg'));
  });

  test('is well-formed, needs nothing else, and says in words what it shows', () => {
    const svg = planSvg(planOf());
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).not.toMatch(/<script|href=|url\(|@import/);
    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="plan-title plan-text"/);
    expect(svg).toMatch(/<desc id="plan-text">[^<]*Peak: For 60 s, new users arrive 5 times a second; 300 in all\./);
    expect(svg).toMatch(/@media \(prefers-color-scheme: dark\)/);
  });

  test('keeps names from the test out of its markup', () => {
    const svg = planSvg(planOf(HOSTILE_TEST));
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('&lt;/title&gt;');
    expect(svg).not.toMatch(/<script/);
  });

  test('draws at most as many points as can be told apart', () => {
    const svg = planSvg(planOf('config:\n  phases: [{duration: 3000, arrivalRate: 1}]\nscenarios:\n  - flow: []\n'));
    expect(svg.length).toBeLessThan(20_000);
  });
});

const VOID = (tag: string): boolean => ['meta', 'br', 'hr', 'link', 'img', 'input'].includes(tag);

describe('planHtml', () => {
  test('is one page that needs no network and no script', () => {
    const html = planHtml(planOf());
    expect(isWellFormed(html, VOID)).toBe(true);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|src="|href=|url\(|@import/);
    expect(html).toContain('<td>For 60 s, new users arrive 5 times a second; 300 in all.</td>');
    expect(html).toMatch(/<td>GET \/report<\/td><td class="right">360<\/td>/);
  });

  test('keeps names from the test out of its markup', () => {
    const html = planHtml(planOf(HOSTILE_TEST));
    expect(isWellFormed(html, VOID)).toBe(true);
    expect(html).not.toMatch(/<script|<td>[^<]*"/);
  });
});

describe('planJson', () => {
  test('is versioned, with numbers of three decimals and null where there is no limit', () => {
    const open = TEXT.replace('count: 4', 'over: captured');
    const json = JSON.parse(planJson(planOf(open))) as Plan & { schema: string; version: number };
    expect([json.schema, json.version]).toEqual(['proving-ground/plan', 1]);
    expect(json.requests).toMatchObject({ low: 270, high: null });
    expect(json.session.meanMs).toBe(3068.75);
    expect(String(json.requests.deviation)).toMatch(/^\d+\.\d{1,3}$/);
    expect(json.timeline.arrivalsPerSec).toHaveLength(json.timeline.concurrency.length);
  });
});
