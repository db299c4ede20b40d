import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderComparison, renderForTrend, renderReport, renderTrend } from '../../src/report/html/index.ts';
import {
  emptyRun,
  failedRun,
  HOSTILE_NAMES,
  hostileRun,
  invalidRun,
  passedRun,
  watchedRun,
  workingDay,
} from '../../src/report/html/testing/example-runs.ts';
import type { SyntheticRun } from '../../src/report/html/testing/synthetic-run.ts';
import { drawn, type OpenPage, type PageOpener, startChromium } from './report/chromium.ts';
import { lookAtPages, type PageLook } from './report/page-look.ts';

let chromium: PageOpener;
let looks: ReturnType<typeof lookAtPages>;
beforeAll(async () => {
  chromium = await startChromium();
  looks = lookAtPages(
    chromium,
    PAGES.map(([, render]) => render),
  );
});
afterAll(async () => {
  await chromium.close();
});

/** Of A4 without its margins, CSS pixels. */
const A4_WIDTH = Math.ceil((186 / 25.4) * 96);

const WIDE = { viewport: { width: 1440, height: 900 } };

async function open(html: string, options: Parameters<PageOpener['open']>[1] = WIDE): Promise<OpenPage> {
  const opened = await chromium.open(html, options);
  await drawn(opened.page);
  return opened;
}

/** Long enough for every kind of chart and table, and no longer: what a page looks like does not depend on how many rows it has. */
const SHORT = { phases: workingDay(0.5, 90) };
const SHORT_PEAK = { phases: workingDay(0.5, 150) };

function comparison(): string {
  const slower = passedRun({ ...SHORT, seed: 'slower', slowness: 1.3 });
  return renderComparison({ sources: passedRun(SHORT), label: 'before' }, { sources: slower, label: 'after' }).page;
}

function trend(): string {
  const later = passedRun({ phases: workingDay(1, 60), startMs: Date.parse('2026-03-06T09:30:00.000Z') });
  const runs: SyntheticRun[] = [passedRun(SHORT), failedRun(SHORT_PEAK), later];
  const run = { name: 'run 3', startedAt: later.record.startedAt };
  const step = { target: { kind: 'all requests', name: 'All requests' }, metric: 'p95', kind: 'step', run } as const;
  const changes = [{ ...step, before: 60, after: 40, change: -0.33, p: 0.0025 }];
  const findings = { runs: [run], leftOut: [], followed: 2, changes, marks: [], alpha: 0.05 };
  return renderTrend(
    runs.map((each, index) => renderForTrend(each, `run ${index + 1}`).row),
    findings,
  );
}

const PAGES: readonly (readonly [string, () => string])[] = [
  ['a passed run', () => renderReport(passedRun(SHORT))],
  ['a failed run', () => renderReport(failedRun(SHORT_PEAK))],
  ['a run of which the system was watched', () => renderReport(watchedRun(SHORT_PEAK))],
  ['a run that is not valid', () => renderReport(invalidRun(SHORT))],
  ['an empty run', () => renderReport(emptyRun())],
  ['a run without samples', () => renderReport({ record: passedRun(SHORT).record })],
  ['a run with hostile names', () => renderReport(hostileRun())],
  ['a comparison', comparison],
  ['a trend', trend],
];

describe.each(PAGES.map(([name], index) => [name, index] as const))('%s', (_name, index) => {
  const look = async (): Promise<PageLook> => {
    const seen = await looks[index]?.();
    if (seen === undefined) throw new Error('nobody has looked at the page');
    return seen;
  };

  test('has nothing that axe-core finds, in light or in dark', async () => {
    const { light, dark } = await look();
    expect({ light, dark }).toEqual({ light: [], dark: [] });
  });

  test('fits a telephone and a zoom of 200 %', async () => {
    const { beyondTelephone, beyondZoomed } = await look();
    expect(beyondTelephone).toBeLessThanOrEqual(0);
    expect(beyondZoomed).toBeLessThanOrEqual(0);
  });

  test('asks for nothing and complains about nothing', async () => {
    expect((await look()).complaints).toEqual([]);
  });
});

describe('the report of a run', () => {
  const PASSED = passedRun();
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open(renderReport(PASSED), { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] }));
  });
  afterAll(() => page.context().close());

  test('has its sections, charts and tables in this order', async () => {
    expect(await page.locator('h1, h2').allTextContents()).toEqual([
      'Passed',
      'Overview',
      'Thresholds',
      'Why',
      'Timeline',
      'Endpoints and journeys',
      'Distribution',
      'Time against load',
      'Metrics of the test',
      'Errors',
      'Plan and configuration',
      'How to read the figures',
    ]);
    expect(await page.locator('.lane:visible h3').allTextContents()).toEqual([
      'Arrivals of users per second, 2 s a point',
      'Requests and answers per second, 2 s a point',
      'Response time ms, 2 s a point',
      'Response time, every request ms, 2 s a point',
      'Errors and refusals per second, 2 s a point',
      'At the same time users, requests, 2 s a point',
      'Waiting before the sending ms, 2 s a point',
      'Response time by percentile ms',
      'Response time, how often requests by ms',
      'Response time against load p95 in ms by requests due per second',
      'search.hits value, 2 s a point',
      'events.accepted per second, 2 s a point',
    ]);
    expect(await page.locator('.lane:visible canvas').count()).toBeGreaterThanOrEqual(12);
    expect(await page.locator('.lane:visible details.behind').count()).toBe(12);
  });

  test('zooms with the keyboard, and the tables follow', async () => {
    const total = page.locator('#endpoint-table tr.total td').first();
    const whole = await total.textContent();
    await page.locator('.plot').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await drawn(page);
    expect(await page.locator('.readout').textContent()).toBe('4:30 to 6:00, 1 min 30 s');
    expect(await total.textContent()).not.toBe(whole);
    expect(await page.locator('#endpoint-table .hint').textContent()).toMatch(/zoomed interval/);
    await page.keyboard.press('Escape');
    await drawn(page);
    expect(await total.textContent()).toBe(whole);
  });

  test('zooms by dragging, and moves the cursor of all charts together', async () => {
    const plot = page.locator('.plot .u-over').nth(1);
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('no chart');
    await page.mouse.move(box.x + box.width / 4, box.y + 30);
    expect(await page.locator('.lane').first().locator('.legend .value').first().textContent()).toMatch(/^\d/);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 4 });
    await page.mouse.up();
    expect(await page.locator('.readout').textContent()).toMatch(/^1:3\d to 3:0\d, 1 min 3\d s$/);
    await plot.dblclick();
    expect(await page.locator('.readout').textContent()).toBe('0:00 to 6:00, 6 min 0 s');
  });

  test('sorts and filters its tables and copies them as CSV', async () => {
    const names = page.locator('#endpoint-table tbody th');
    await page.locator('#endpoint-table thead button', { hasText: 'Requests' }).click();
    expect((await names.allTextContents()).slice(0, 3)).toEqual(['All', 'Search', 'List alerts']);
    await page.locator('#endpoint-table input[type=search]').fill('report');
    expect(await names.allTextContents()).toEqual(['All', 'Order report']);
    await page.locator('#endpoint-table button', { hasText: 'Copy as CSV' }).click();
    await page.locator('#endpoint-table button', { hasText: 'Copied' }).waitFor();
    const [titles, all] = String(await page.evaluate('navigator.clipboard.readText()')).split('\r\n');
    expect(titles).toMatch(/^Endpoint,Requests,Rate per second,Errors,Share %,4xx,"First byte, ms p50 ms"/);
    expect(all).toMatch(new RegExp(`^All,${PASSED.samples.count},`));
  });

  test('has a table behind each chart', async () => {
    const lane = page.locator('.lane').nth(2);
    await lane.locator('summary').click();
    await lane.locator('tbody tr').first().waitFor();
    expect(await lane.locator('thead th').allTextContents()).toEqual([
      'From',
      'p50, ms',
      'p90, ms',
      'p95, ms',
      'p99, ms',
      'max, ms',
    ]);
    expect(await lane.locator('tbody tr').count()).toBeGreaterThan(20);
  });

  test('prints on A4, light whatever the screen is', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const ground = 'getComputedStyle(document.documentElement).getPropertyValue("--ground")';
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate(ground)).toBe('#ffffff');
    // Not the strip of colours in the legend of the heat map.
    const widths = await page
      .locator('.lane:visible .plot canvas')
      .evaluateAll((all) => all.map(({ clientWidth }) => clientWidth));
    expect(Math.max(...widths)).toBeLessThanOrEqual(A4_WIDTH);
    expect(Math.min(...widths)).toBeGreaterThan(A4_WIDTH * 0.8);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate(ground)).toBe('#0f1419');
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
  });
});

describe('the report of a failed run', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open(renderReport(failedRun())));
  });
  afterAll(() => page.context().close());

  test('says the verdict and why in its first sentence', async () => {
    expect(await page.locator('h1').textContent()).toBe('Failed');
    expect(await page.locator('.reason').textContent()).toMatch(
      /^p95 of "Search" was \d+ ms during “Incident burst”, \d+ % over the limit of 400 ms; 2 more of 6 thresholds are broken\.$/,
    );
    expect(await page.locator('#rule-0').textContent()).toMatch(/Broken.*29 % over.*Incident burst.*4:20/);
  });

  test('shows a few examples of each kind of error, with what was said, when and where', async () => {
    const rows = page.locator('.examples tbody tr');
    const kinds = await rows.locator('th').allTextContents();
    expect(new Set(kinds)).toEqual(new Set(['409', '503', 'ETIMEDOUT']));
    expect(kinds).toHaveLength(9);
    const busy = rows.filter({ has: page.locator('th', { hasText: '503' }) }).first();
    expect(await busy.textContent()).toMatch(/^503.*Incident burst.*"detail":"No connection of the pool became free/);
  });

  test('leads from a threshold to its chart, set to its endpoint and its phase', async () => {
    await page.locator('#rule-0 a').click();
    await drawn(page);
    expect(await page.locator('.lane h3').nth(2).textContent()).toBe('Response time of “Search” ms, 1 s a point');
    expect(await page.locator('.readout').textContent()).toBe('3:00 to 5:00, 2 min 0 s');
  });
});

test('the report of a run of which the system was watched says why it was slow, and shows the system', async () => {
  const { page } = await open(renderReport(watchedRun()));
  expect(await page.locator('#why h3').allTextContents()).toEqual([
    'Bottleneck: pool too small. Requests wait for a free connection of the pool "main"',
  ]);
  expect(await page.locator('#why li').first().textContent()).toMatch(/callers waited on average.*pg_pool_waiting/);
  const groups = page.locator('.group-title:visible');
  expect(await groups.allTextContents()).toEqual([
    'System under test: API',
    'System under test: PostgreSQL',
    'Generator of the load',
  ]);
  expect(await page.locator('.lane h3', { hasText: 'Pool' }).allTextContents()).toEqual([
    'Pool: connections connections, 2 s a point',
    'Pool: callers that wait callers, 2 s a point',
  ]);
  expect(await page.locator('#watched .tone-warn').textContent()).toContain('no process of that name can be seen');
  await page.context().close();
});

test('a policy in the page stops every request that a script might try', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  const { page } = await open(renderReport(emptyRun()));
  const tried = `fetch('${url}').then(() => 'answered', () => 'refused')`;
  expect(await page.evaluate(tried)).toBe('refused');
  const image = `new Promise((done) => { const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('refused'); image.src = '${url}'; })`;
  expect(await page.evaluate(image)).toBe('refused');
  await page.context().close();
  server.close();
  expect(requests).toBe(0);
});

test('hostile names are shown as text in every place, and break nothing', async () => {
  const { page, complaints } = await open(renderReport(hostileRun()));
  await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
  expect(await page.evaluate('window.broken')).toBeUndefined();
  expect(complaints).toEqual([]);
  const text = String(await page.locator('body').textContent());
  for (const name of HOSTILE_NAMES.filter((each) => !each.includes('\0') && !each.includes('\u202E')))
    expect(text).toContain(name);
  expect(text).not.toContain('\u202E');
  expect(await page.locator('img, iframe, link, object').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(3);
  await page.context().close();
});
