import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BaselineRecord, buildBaseline, measureForBaseline, reviewableJson } from '../gate/baseline/index.ts';
import type { StoredRow } from '../gate/regression/index.ts';
import { passedRun, workingDay } from '../report/html/testing/example-runs.ts';
import { createRandom } from '../stats/index.ts';
import { isBaselineFile, readBaseline, writeBaseline } from './baseline-file.ts';
import { namedBaseline } from './plan-baseline.ts';
import { compareStored, type LabelledRun } from './stored-comparison.ts';

const WARM_UP_SEC = 10;
const made = (seed: string, slowness = 1, startMs = Date.parse('2026-03-04T09:30:00.250Z')): LabelledRun => ({
  label: seed,
  sources: passedRun({ phases: workingDay(1, 60), seed, slowness, startMs }),
});

function baselineOf(runs: readonly LabelledRun[]): BaselineRecord {
  const measured = runs.map(({ label, sources: { record, samples } }) => {
    if (samples === undefined) throw new Error('the run has samples');
    return measureForBaseline(label, record, samples, { warmUpSec: WARM_UP_SEC, random: createRandom(label) });
  });
  return buildBaseline(measured, WARM_UP_SEC);
}

let folder: string;
let runs: LabelledRun[];
let baseline: BaselineRecord;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  runs = ['a', 'b', 'c'].map((seed, day) => made(seed, 1, Date.UTC(2026, 2, 4 + day)));
  baseline = baselineOf(runs);
});
afterAll(() => rmSync(folder, { recursive: true }));

const find = (rows: readonly StoredRow[], name: string, metric: StoredRow['metric']) => {
  const row = rows.find((each) => each.target.name === name && each.metric === metric);
  if (row?.kind !== 'compared') throw new Error(`${metric} of ${name} is compared`);
  return row;
};

test('the order of the runs does not change the file, which is small, and read as it was written', () => {
  const [first, second] = [baseline, baselineOf(runs.toReversed())].map(reviewableJson);
  expect(second).toBe(first);
  expect(Buffer.byteLength(first ?? '')).toBeLessThan(20_000);
  const path = join(folder, 'new/baselines/peak.json');
  writeBaseline(path, baseline);
  expect(isBaselineFile(path)).toBe(true);
  expect(readBaseline(path)).toEqual(baseline);
});

test('holds endpoints, journeys and custom metrics, how each scatters within a run and from run to run', () => {
  const kinds = new Set(baseline.targets.map(({ kind }) => kind));
  expect([...kinds]).toEqual(['all requests', 'endpoint', 'journey', 'custom metric']);
  const search = baseline.targets.find(({ name }) => name === 'Search');
  expect(search?.p50?.runs).toHaveLength(3);
  expect(search?.p50?.within).toBeGreaterThan(0.01);
  expect(search?.p50?.between).toBeGreaterThan(0);
  expect(search?.throughput?.value).toBeGreaterThan(4);
  expect(search?.p99).toBeUndefined();
  expect(baseline.identity.seedPolicy).toEqual({ kind: 'fixed', seed: '42' });
});

test('of two runs it holds only what two can be compared by', () => {
  const two = baselineOf(runs.slice(0, 2));
  const figures = two.targets
    .flatMap((target) => Object.keys(target))
    .filter((key) => /^(?:p\d+|mean|through)/.test(key));
  expect(new Set(figures)).toEqual(new Set(['p50', 'p95', 'p99']));
  expect(two.targets.map(({ kind }) => kind)).not.toContain('custom metric');
  // Error rates are compared whatever their number.
  expect(two.targets.map(({ name }) => name)).toEqual(
    baseline.targets.filter(({ kind }) => kind !== 'custom metric').map(({ name }) => name),
  );
});

test('three runs beside a baseline of three are compared exactly as with the runs themselves', () => {
  const after = ['d', 'e', 'f'].map((seed) => made(seed, 1.3));
  const [direct, beside] = [runs, { label: 'peak.json', baseline }].map(
    (before) => compareStored(before, after, before === runs ? WARM_UP_SEC : undefined).rows,
  );
  for (const metric of ['p50', 'p95', 'mean', 'throughput'] as const) {
    const [expected, found] = [find(direct ?? [], 'Search', metric), find(beside ?? [], 'Search', metric)];
    expect(found).toMatchObject({ basis: 'run to run', reads: expected.reads });
    // The file has four digits.
    expect(found.interval.low).toBeCloseTo(expected.interval.low, 3);
    expect(found.interval.high).toBeCloseTo(expected.interval.high, 3);
  }
  expect(find(beside ?? [], 'Search', 'p50').reads).toBe('more');
});

test('one run beside a baseline of one has about the interval of two runs', () => {
  const [first] = runs;
  if (first === undefined) throw new Error('there is a run');
  const after = [made('d')];
  const direct = compareStored([first], after, WARM_UP_SEC).rows;
  const beside = compareStored({ label: 'one.json', baseline: baselineOf([first]) }, after, undefined).rows;
  const [expected, found] = [find(direct, 'Search', 'p50'), find(beside, 'Search', 'p50')];
  expect(found.basis).toBe('within runs');
  const width = ({ interval }: typeof found): number => interval.high - interval.low;
  expect(width(found) / width(expected)).toBeGreaterThan(0.75);
  expect(width(found) / width(expected)).toBeLessThan(1.33);
});

test('another test, another load and another warm-up are refused, edited journeys are flagged', () => {
  const side = { label: 'peak.json', baseline };
  const other = made('d');
  const { record } = other.sources;
  const changed = (test: Partial<typeof record.test>): LabelledRun => ({
    ...other,
    sources: { ...other.sources, record: { ...record, test: { ...record.test, ...test } } },
  });
  expect(() => compareStored(side, [changed({ name: 'smoke.yml' })], undefined)).toThrow(
    /test: peak\.yml \| smoke\.yml/,
  );
  expect(() => compareStored(side, [other], 3)).toThrow(/--warm-up is 3 s, and peak\.json leaves out 10 s/);
  const { flagged } = compareStored(side, [changed({ journeysHash: 'edited' })], undefined);
  expect(flagged.map(({ what }) => what)).toContain('journeys');
});

test('a plan learns from it how long users stay and what they ask for', () => {
  const path = join(folder, 'plan.json');
  writeBaseline(path, baseline);
  const test = { file: 'artillery/peak.yml', config: { variables: { a: 1 } }, scenarios: [], keptPhases: 0 };
  const measured = namedBaseline(path, { ...test, locate: () => undefined });
  expect(measured.doubts).toEqual([]);
  const journeys = runs[0]?.sources.record.metrics.counters['vusers.created_by_name.Search for indicators'] ?? 0;
  expect(journeys).toBeGreaterThan(0);
  expect(measured.usersOf('Search for indicators')).toBeGreaterThan(2 * journeys);
  expect(measured.requestsOf('Search')).toBeGreaterThan(measured.usersOf('Search for indicators'));
});

test.each<[string, (text: string) => string, RegExp]>([
  ['half a file', (text) => text.slice(0, 300), /is not a baseline of this version: /],
  ['another version', (text) => text.replace('"version": 1', '"version": 2'), /version: /],
  [
    'a run without a figure',
    (text) => text.replace('"errors": [0, 0, 0]', '"errors": [0, 0]'),
    /targets: every target/,
  ],
  ['a figure below 0', (text) => text.replace(/"value": [\d.]+/, '"value": -1'), /targets\.0\.p50\.value: /],
])('%s is refused with its place', (_title, edit, message) => {
  const path = join(folder, 'edited.json');
  writeFileSync(path, edit(reviewableJson(baseline)));
  expect(() => readBaseline(path)).toThrow(message);
  expect(readFileSync(path, 'utf8')).not.toBe(reviewableJson(baseline));
});
