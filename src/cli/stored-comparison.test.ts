import { expect, test } from 'vitest';
import { obstaclesBetween } from '../gate/regression/comparability.ts';
import { identityOf } from '../gate/regression/index.ts';
import { passedRun, workingDay } from '../report/html/testing/example-runs.ts';
import type { SyntheticOptions } from '../report/html/testing/synthetic-run.ts';
import { storedText } from '../report/stored/index.ts';
import { compareStored, type LabelledRun } from './stored-comparison.ts';

const made = (label: string, options: Partial<SyntheticOptions> = {}): LabelledRun => ({
  label,
  sources: passedRun({ phases: workingDay(1, 40), seed: label, ...options }),
});

const codeOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (thrown) {
    return (thrown as { readonly code?: string }).code;
  }
  return 'nothing was thrown';
};

test('a run compared with itself shows no clear change, whatever its seed', () => {
  for (const seed of ['one', 'two', 'three']) {
    const run = made(seed);
    const { rows } = compareStored([run], [run], undefined);
    const reads = rows.flatMap((row) => (row.kind === 'compared' ? row.reads : []));
    expect(reads.length).toBeGreaterThan(10);
    expect(new Set(reads)).toEqual(new Set(['no clear change']));
  }
});

test('half as slow again is found, and the same runs give the same table', () => {
  const [before, after] = [made('a'), made('b', { slowness: 1.5 })];
  const text = (): string => storedText(compareStored([before], [after], undefined), 80);
  expect(text()).toBe(text());
  expect(text()).toMatch(/\nSearch +p50 .* more\n/);
  expect(text()).toMatch(/\nNot compared: p99 \(it needs 1,000 values\) of .*Search \d+/);
});

test('three runs a side are told to be from run to run', () => {
  const runs = (side: string): LabelledRun[] => [1, 2, 3].map((number) => made(`${side} ${number}`));
  const comparison = compareStored(runs('a'), runs('b'), undefined);
  expect(comparison.rows[0]).toMatchObject({ basis: 'run to run' });
  expect(storedText(comparison, 80)).toContain('nothing was randomised');
});

test('the first phase is left out where it is called a warm-up, else a tenth of the plan', () => {
  const other = workingDay(1, 40).map((phase, index) => ({ ...phase, name: `Phase ${index}` }));
  const warmUpOf = (run: LabelledRun): number => compareStored([run], [run], undefined).warmUpSec;
  expect(warmUpOf(made('a'))).toBe(10);
  expect(warmUpOf(made('a', { phases: other }))).toBe(6);
  expect(compareStored([made('a')], [made('a')], 3).warmUpSec).toBe(3);
});

test.each<[string, Partial<SyntheticOptions>]>([
  ['another test', { testFile: 'artillery/smoke.yml' }],
  ['another load', { phases: workingDay(1, 41) }],
])('a run of %s is refused', (_name, options) => {
  expect(codeOf(() => compareStored([made('a')], [made('b', options)], undefined))).toBe('runs-not-comparable');
});

test('a run without samples is refused with its name', () => {
  const { label, sources } = made('bare');
  const bare = { label, sources: { record: sources.record } };
  expect(codeOf(() => compareStored([made('a')], [bare], undefined))).toBe('run-without-samples');
});

test('mix, settings and machine are read from the record, and the folder of a data file does not count', () => {
  const { record } = made('a').sources;
  const [phase] = record.phases;
  if (phase === undefined) throw new Error('there is a phase');
  const differing = (change: Partial<typeof record>): string[] =>
    obstaclesBetween(identityOf(record), identityOf({ ...record, ...change })).map(({ what }) => what);
  const withMix = { ...phase, plan: { ...phase.plan, mix: { Search: 100 } } };
  const payload = (path: string) => ({ ...record.configuration, payload: [{ path }] });
  expect(differing({ phases: [withMix, ...record.phases.slice(1)] })).toEqual(['mix', 'validity']);
  expect(differing({ configuration: payload('/a/users.csv') })).toEqual(['validity', 'journeys']);
  expect(differing({ environment: { ...record.environment, cpus: 64, node: 'v26.0.0' } })).toEqual([
    'cores',
    'validity',
    'runtime',
  ]);
  const hash = (path: string): string => identityOf({ ...record, configuration: payload(path) }).testHash;
  expect(hash('/a/users.csv')).toBe(hash('/b/users.csv'));
  expect(hash('/a/users.csv')).not.toBe(hash('/a/terms.csv'));
});

test('edited journeys are flagged, and so is a run from before their hash was kept', () => {
  const [before, after] = [made('a'), made('b')];
  const withHash = ({ label, sources }: LabelledRun, journeysHash: string): LabelledRun => {
    const { record } = sources;
    return { label, sources: { ...sources, record: { ...record, test: { ...record.test, journeysHash } } } };
  };
  const flaggedOf = (first: LabelledRun, second: LabelledRun) =>
    compareStored([first], [second], undefined).flagged.map(({ what }) => what);
  expect(flaggedOf(withHash(before, '1'), withHash(after, '1'))).toEqual(['validity']);
  expect(flaggedOf(withHash(before, '1'), withHash(after, '2'))).toEqual(['validity', 'journeys']);
  expect(flaggedOf(before, withHash(after, '2'))).toEqual(['validity', 'journeys']);
});
