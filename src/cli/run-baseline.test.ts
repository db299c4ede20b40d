import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBaseline, measureForBaseline, reviewableJson } from '../gate/baseline/index.ts';
import { renderReport } from '../report/html/index.ts';
import { passedRun, workingDay } from '../report/html/testing/example-runs.ts';
import { createRandom } from '../stats/index.ts';
import { besideBaseline } from './run-baseline.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-baseline-'));
  path = join(folder, 'peak.json');
  const { record, samples } = made('before', 1);
  const measured = measureForBaseline('before', record, samples, { warmUpSec: 10, random: createRandom('made') });
  writeFileSync(path, reviewableJson(buildBaseline([measured], 10)));
});
afterAll(() => rmSync(folder, { recursive: true }));

function made(seed: string, slowness: number, baseline?: string) {
  const { record, samples } = passedRun({ phases: workingDay(1, 40), seed, slowness });
  const plugins = { verdict: { thresholds: [], ...(baseline === undefined ? {} : { baseline }) } };
  return { record: { ...record, configuration: { ...record.configuration, plugins } }, samples };
}

test('a run whose test names no baseline is compared with none', () => {
  expect(besideBaseline(made('after', 1.5))).toBeUndefined();
  expect(renderReport(made('after', 1.5))).not.toContain('id="baseline"');
});

test('a run is compared with the baseline of its test, and its report shows it', () => {
  const run = made('after', 1.5, path);
  const beside = besideBaseline(run);
  if (beside === undefined || 'why' in beside.outcome) throw new Error('it is compared');
  const { rows, warmUpSec } = beside.outcome.comparison;
  expect(warmUpSec).toBe(10);
  expect(rows.find(({ target, metric }) => target.name === 'Search' && metric === 'p50')).toMatchObject({
    reads: 'more',
  });
  const report = renderReport(run, beside);
  expect(report).toContain('<a href="#baseline">Baseline</a>');
  expect(report).toMatch(/<section id="baseline".*\n<div class="scroll forest"><svg/);
});

test.each<[string, () => ReturnType<typeof made>, RegExp]>([
  ['a file that is not there', () => made('after', 1, join(folder, 'none.json')), /^there is no such file$/],
  ['a file that is none', () => made('after', 1, join(folder, 'broken.json')), /is not a baseline of this version/],
  [
    'a run that was cut short',
    () => {
      const { record, samples } = made('after', 1, path);
      const ending = { how: 'interrupted' as const, faults: [], suggestedExitCode: 130 };
      return { record: { ...record, ending }, samples };
    },
    /^the run was interrupted/,
  ],
  [
    'a run on another machine',
    () => {
      const { record, samples } = made('after', 1, path);
      return { record: { ...record, environment: { ...record.environment, cpus: 64 } }, samples };
    },
    /cores: 2 \| 64$/,
  ],
])('%s is said, and changes nothing', (_title, run, message) => {
  writeFileSync(join(folder, 'broken.json'), '{}');
  const beside = besideBaseline(run());
  if (beside === undefined || 'comparison' in beside.outcome) throw new Error('it is not compared');
  expect(beside.outcome.why).toMatch(message);
  expect(renderReport(run(), beside)).toContain('Not compared: ');
});
