import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Target } from '../../src/workload/targets/target-list.ts';
import { type LoadTestForm, ON_THE_RUNNER, readLoadTestForm, testsIn } from './load-test-form.ts';

const TARGETS: readonly Target[] = [
  { name: 'Staging', address: 'staging.example.org', production: false, maxArrivalRate: undefined },
  { name: 'Previews', address: '*.preview.example.org', production: false, maxArrivalRate: undefined },
  { name: 'Live', address: 'example.org', production: true, maxArrivalRate: undefined },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'form-'));
  for (const name of ['smoke.yml', 'peak.yaml', 'targets.yml', 'smoke.dispatch.yml', 'readme.md', 'a b.yml']) {
    writeFileSync(join(folder, name), '');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(fields: Readonly<Record<string, string>>): LoadTestForm {
  const filled = { TEST: 'smoke.yml', ENVIRONMENT: ON_THE_RUNNER, ...fields };
  const env = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`FORM_${name}`, value]));
  return readLoadTestForm(env, folder, TARGETS);
}

test('the tests of a folder are its YAML files, without the list of targets and what a form made', () => {
  expect(testsIn(folder)).toEqual(['peak.yaml', 'smoke.yml']);
});

test('what is left empty is as the test says', () => {
  const unset = { durationSec: undefined, peakPerSec: undefined, target: undefined };
  expect(read({})).toEqual({ test: join(folder, 'smoke.yml'), ...unset });
  expect(read({ MINUTES: '  ', PEAK: '' })).toMatchObject(unset);
});

test.each<[string, string, number]>([
  ['MINUTES', '60', 3600],
  ['MINUTES', '1.5', 90],
  ['MINUTES', '0.02', 1],
  ['PEAK', '1', 1],
  ['PEAK', ' 10000 ', 10_000],
])('%s of %j is taken', (field, value, expected) => {
  const form = read({ [field]: value });
  expect(field === 'PEAK' ? form.peakPerSec : form.durationSec).toBe(expected);
});

test.each<[Readonly<Record<string, string>>, string | undefined]>([
  [{ ENVIRONMENT: 'Staging' }, 'https://staging.example.org'],
  [{ ENVIRONMENT: 'Staging', ADDRESS: 'http://staging.example.org/' }, 'http://staging.example.org'],
  [
    { ENVIRONMENT: 'Previews', ADDRESS: 'https://pr-7.preview.example.org/some/path' },
    'https://pr-7.preview.example.org',
  ],
])('%j loads %s', (fields, target) => {
  expect(read(fields).target).toBe(target);
});

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ['a test that is not there', { TEST: 'other.yml' }, /^Test is "other\.yml"; allowed: peak\.yaml, smoke\.yml$/],
  ['a test outside of the folder', { TEST: '../smoke.yml' }, /^Test is "\.\.\/smoke\.yml"/],
  ['no test', { TEST: '' }, /^Test is empty/],
  ['an environment that is not listed', { ENVIRONMENT: 'Mars' }, /^Environment is "Mars"; allowed: .*, Staging, /],
  ['production', { ENVIRONMENT: 'Live' }, /^Environment: Live is production, which is never loaded from a form/],
  ['an address for the runner', { ADDRESS: 'http://127.0.0.1:1' }, /^Address is "http.*has an address of its own/],
  ['no address where there are many', { ENVIRONMENT: 'Previews' }, /^Address is empty; allowed: addresses of Previews/],
  ['an address of another host', { ENVIRONMENT: 'Staging', ADDRESS: 'https://example.org' }, /^Address is "https:/],
  ['an address without a protocol', { ENVIRONMENT: 'Staging', ADDRESS: 'staging.example.org' }, /^Address is "staging/],
  ['an hour and a minute', { MINUTES: '61' }, /^Duration is "61"; allowed: numbers up to 60, above 0;/],
  ['no time at all', { MINUTES: '0' }, /^Duration is "0"/],
  ['a duration in words', { MINUTES: '5 min' }, /^Duration is "5 min"/],
  ['half a user', { PEAK: '1.5' }, /^Peak rate is "1\.5"; allowed: whole numbers$/],
  ['a rate below 1', { PEAK: '0' }, /^Peak rate is "0"; allowed: numbers up to 10000, from 1;/],
  ['a rate above all', { PEAK: '10001' }, /^Peak rate is "10001"/],
  ['a rate in another notation', { PEAK: '1e3' }, /^Peak rate is "1e3"/],
])('%s is refused in words', (_title, fields, message) => {
  expect(() => read(fields)).toThrow(message);
});
