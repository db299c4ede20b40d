import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderComparison, renderForTrend, renderReport, renderTrend } from '../../src/report/html/index.ts';
import {
  emptyRun,
  failedRun,
  HOSTILE_NAMES,
  hostileRun,
  invalidRun,
  passedRun,
  workingDay,
} from '../../src/report/html/testing/example-runs.ts';
import type { SyntheticRun } from '../../src/report/html/testing/synthetic-run.ts';
import { drawn, type OpenPage, type PageOpener, startChromium } from './report/chromium.ts';

let chromium: PageOpener;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(async () => {
  await chromium.close();
});

const PASSED = passedRun();
const WIDE = { viewport: { width: 1440, height: 900 } };

async function open(html: string, options: Parameters<PageOpener['open']>[1] = WIDE): Promise<OpenPage> {
  const opened = await chromium.open(html, options);
  await drawn(opened.page);
  return opened;
}

function comparison(): string {
  const slower = passedRun({ seed: 'slower', slowness: 1.3 });
  return renderComparison({ sources: PASSED, label: 'before' }, { sources: slower, label: 'after' }).page;
}

function trend(): string {
  const runs: SyntheticRun[] = [PASSED, failedRun(), passedRun({ phases: workingDay(2, 60) })];
  return renderTrend(runs.map((run, index) => renderForTrend(run, `run ${index + 1}`).row));
}

const PAGES: readonly (readonly [string, () => string])[] = [
  ['a passed run', () => renderReport(PASSED)],
  ['a failed run', () => renderReport(failedRun())],
  ['a run that is not valid', () => renderReport(invalidRun())],
  ['an empty run', () => renderReport(emptyRun())],
  ['a run without samples', () => renderReport({ record: PASSED.record })],
  ['a run with hostile names', () => renderReport(hostileRun())],
  ['a comparison', comparison],
  ['a trend', trend],
];

describe.each(PAGES)('%s', (_name, render) => {
  let html = '';
  beforeAll(() => {
    html = render();
  });

  test.each(['light', 'dark'] as const)('has nothing that axe-core finds, in %s', async (colorScheme) => {
    const { page } = await open(html, { ...WIDE, colorScheme });
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    // axe.run from the outside: the policy of the page lets no other script in.
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    };
    expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.context().close();
  });

  test('asks for nothing, complains about nothing, and fits a telephone and a zoom of 200 %', async () => {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 720, height: 450 },
    ]) {
      const { page, complaints } = await open(html, { viewport });
      expect(complaints).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});

describe('the report of a run', () => {
  test('has its sections, charts and tables in this order', async () => {
    const { page } = await open(renderReport(PASSED));
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
    await page.context().close();
  });

  test('says the verdict and why in its first sentence', async () => {
    const { page } = await open(renderReport(failedRun()));
    expect(await page.locator('h1').textContent()).toBe('Failed');
    expect(await page.locator('.reason').textContent()).toMatch(
      /^p95 of "Search" was \d+ ms during “Incident burst”, \d+ % over the limit of 400 ms; 2 more of 6 thresholds are broken\.$/,
    );
    expect(await page.locator('#rule-0').textContent()).toMatch(/Broken.*29 % over.*Incident burst.*4:20/);
    await page.context().close();
  });

  test('zooms with the keyboard, and the tables follow', async () => {
    const { page } = await open(renderReport(PASSED));
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
    await page.context().close();
  });

  test('zooms by dragging, and moves the cursor of all charts together', async () => {
    const { page } = await open(renderReport(PASSED));
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
    await page.context().close();
  });

  test('leads from a threshold to its chart, set to its endpoint and its phase', async () => {
    const { page } = await open(renderReport(failedRun()));
    await page.locator('#rule-0 a').click();
    await drawn(page);
    expect(await page.locator('.lane h3').nth(2).textContent()).toBe('Response time of “Search” ms, 1 s a point');
    expect(await page.locator('.readout').textContent()).toBe('3:00 to 5:00, 2 min 0 s');
    await page.context().close();
  });

  test('sorts and filters its tables and copies them as CSV', async () => {
    const { page } = await open(renderReport(PASSED), { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] });
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
    await page.context().close();
  });

  test('has a table behind each chart', async () => {
    const { page } = await open(renderReport(PASSED));
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
    await page.context().close();
  });

  test('prints on A4, light whatever the screen is', async () => {
    const { page } = await open(renderReport(PASSED), { ...WIDE, colorScheme: 'dark' });
    const ground = 'getComputedStyle(document.documentElement).getPropertyValue("--ground")';
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate(ground)).toBe('#ffffff');
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate(ground)).toBe('#0f1419');
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
    await page.context().close();
  });
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
  const { page } = await open(renderReport(PASSED));
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
