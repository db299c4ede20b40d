// What a report of a million requests over half an hour costs: the figures of docs/report.md, held to its budget.
//
//   npm run bench:report               1,000,000 requests
//   npm run bench:report -- --short    50,000 requests, for CI; the budgets are the same
//
// The samples, examples of errors and what was seen of the system are written and read as a run does it, and the report is made
// in a process of its own, whose memory is what counts. The first paint is that of headless Chromium, from opening the file.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { createRunFolder, writeRun } from 'proving-ground/record/index.ts';
import { COLUMN_NAMES, createColumns } from 'proving-ground/record/samples/sample-columns.ts';
import { createSampleFile } from 'proving-ground/record/samples/sample-file.ts';
import { type SystemRecord, writeSystemRecord } from 'proving-ground/record/system/index.ts';
import { passedRun, workingDay } from 'proving-ground/report/html/testing/example-runs.ts';
import { syntheticSystem } from 'proving-ground/report/html/testing/synthetic-system.ts';

const BUDGET = { sizeMb: 3, firstPaintMs: 1500, buildSeconds: 10, memoryMb: 500 };
const MINUTES = 30;

const requests = process.argv.includes('--short') ? 50_000 : 1_000_000;
const scratch = mkdtempSync(join(tmpdir(), 'bench-report-'));

/** A run on disk, as the verdict plugin leaves it. */
function recordedRun(): { readonly folder: string; readonly count: number } {
  // The peak of the day is nearly twice its mean.
  const peakPerSec = (requests / (MINUTES * 60)) * 1.97;
  const { record, samples } = passedRun({ phases: workingDay(MINUTES, peakPerSec), capacityPerSec: peakPerSec * 1.2 });
  const folder = createRunFolder(scratch, new Date(record.startedAt), record.test.file);
  writeRun(folder, record, '');
  const file = createSampleFile(join(folder, 'samples.arrow'));
  file.append({ ...createColumns(COLUMN_NAMES, samples.count), ...samples });
  file.end();
  writeSystemRecord(folder, severalSystems(syntheticSystem(record, samples, ['API', 'PostgreSQL'])));
  return { folder, count: samples.count };
}

/** Real systems have more to tell than the synthetic one: 56 series, of 16 parts. */
function severalSystems(system: SystemRecord): SystemRecord {
  const copies = Array.from({ length: 8 }, (_, copy) =>
    system.series.map((series) => ({ ...series, system: `${series.system} ${copy + 1}` })),
  );
  return { ...system, series: copies.flat() };
}

interface Built {
  readonly seconds: number;
  readonly memoryMb: number;
}

const BUILD = `
const { readRun } = await import('proving-ground/record/index.ts');
const { writeReport } = await import('proving-ground/report/html/index.ts');
const startedAt = performance.now();
writeReport(process.argv[1], readRun(process.argv[1]));
const seconds = (performance.now() - startedAt) / 1000;
console.log(JSON.stringify({ seconds, memoryMb: process.resourceUsage().maxRSS / 1024 }));`;

function build(folder: string): Built {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', BUILD, folder], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the report could not be built: ${stderr}`);
  return JSON.parse(stdout) as Built;
}

/** The median of some openings, from the beginning of the navigation. */
async function firstPaint(file: string): Promise<number> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const times: number[] = [];
  for (let opening = 0; opening < 5; opening += 1) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('body[data-drawn="true"]');
    times.push(Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")));
    await page.close();
  }
  await browser.close();
  return times.toSorted((a, b) => a - b)[2] ?? Number.NaN;
}

let isWithin = true;

function report(name: string, value: number, unit: string, limit: number): void {
  const isGood = value < limit;
  isWithin &&= isGood;
  console.log(`${name}: ${value.toFixed(2)} ${unit} (less than ${limit} ${unit})${isGood ? '' : ' EXCEEDED'}`);
}

try {
  const { folder, count } = recordedRun();
  console.log(`requests: ${count.toLocaleString('en')}`);
  const { seconds, memoryMb } = build(folder);
  const file = join(folder, 'report.html');
  report('size', statSync(file).size / 1e6, 'MB', BUDGET.sizeMb);
  report('built in', seconds, 's', BUDGET.buildSeconds);
  report('memory', memoryMb, 'MB', BUDGET.memoryMb);
  report('first paint', await firstPaint(file), 'ms', BUDGET.firstPaintMs);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = isWithin ? 0 : 1;
