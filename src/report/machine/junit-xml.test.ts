import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { RunRecord } from '../../record/index.ts';
import { exampleRecord, exampleRule } from '../testing/example-record.ts';
import { HOSTILE_NAMES, hostileRecord, recordNamed } from '../testing/hostile-names.ts';
import { junitXml } from './junit-xml.ts';

const SCHEMA = readFileSync(new URL('../../../test/fixtures/junit/junit.xsd', import.meta.url), 'utf8');

/** What libxml2 has to say against documents, none when they fit the schema. */
async function complaints(documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: [SCHEMA] });
  return errors.map(({ rawMessage }) => rawMessage);
}

function withVerdict(verdict: Partial<RunRecord['verdict']>): RunRecord {
  const record = exampleRecord();
  return { ...record, verdict: { ...record.verdict, ...verdict } };
}

test('has a test case for the run and one per threshold with what was observed, broken ones first', async () => {
  const xml = junitXml(exampleRecord());
  expect(xml.split('\n').slice(1)).toEqual(
    [
      '<testsuites name="Proving Ground" tests="5" failures="1" errors="0" time="182.000">',
      '  <testsuite name="peak.yml" tests="5" failures="1" errors="0" skipped="1" time="182.000" timestamp="2026-01-01T00:00:00">',
      '    <properties>',
      '      <property name="seed" value="42"/>',
      '    </properties>',
      '    <testcase name="the run is complete and valid" classname="artillery/peak.yml" time="182.000">',
      '    </testcase>',
      '    <testcase name="plugins.metrics-by-endpoint.response_time.Search.p95 &lt; 200" classname="artillery/peak.yml" time="0">',
      '      <failure message="Search: p95 of first byte: observed 212 ms, must be &lt; 200 ms (6.2 % over)" type="threshold"/>',
      '      <system-out>Search: p95 of first byte: observed 212 ms, must be &lt; 200 ms (6.2 % over)</system-out>',
      '    </testcase>',
      '    <testcase name="search.hits.mean &gt; 3" classname="artillery/peak.yml" time="0">',
      '      <skipped message="does not hold; search.hits.mean: observed no data, must be &gt; 3"/>',
      '      <system-out>search.hits.mean: observed no data, must be &gt; 3</system-out>',
      '    </testcase>',
      '    <testcase name="http.codes.500 == 0" classname="artillery/peak.yml" time="0">',
      '      <system-out>http.codes.500: observed 0, must be == 0</system-out>',
      '    </testcase>',
      '    <testcase name="a &lt; 1 and b &gt; 2" classname="artillery/peak.yml" time="0">',
      '      <system-out>a: observed 0.5, must be &lt; 1 (50 % under)\nb: observed 3, must be &gt; 2 (50 % over)</system-out>',
      '    </testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].flatMap((line) => line.split('\n')),
  );
  expect(await complaints([xml])).toEqual([]);
});

describe('a run that says nothing about the system', () => {
  test.each(['not valid', 'inconclusive'] as const)(
    'is an error when it is %s, and skips its thresholds',
    (outcome) => {
      const xml = junitXml(withVerdict({ outcome, reason: 'the generator was the bottleneck' }));
      expect(xml).toContain('tests="5" failures="0" errors="1" skipped="4"');
      expect(xml).toContain(`<error message="the generator was the bottleneck" type="${outcome}"/>`);
      expect(xml).toContain(`<skipped message="the run is ${outcome}; Search: p95 of first byte: observed 212 ms`);
    },
  );
});

test('a run that failed for another reason than its thresholds is itself the failure', () => {
  const xml = junitXml(withVerdict({ faults: ['the platform died'], reason: 'the platform died', rules: [] }));
  expect(xml).toContain('<failure message="the platform died" type="fault"/>');
  expect(xml).toContain('tests="1" failures="1"');
});

test('a threshold without data fails as such', () => {
  const rules = [exampleRule('x > 1', 'no data', [{ subject: 'x', operator: '>', limit: 1, holds: false }])];
  expect(junitXml(withVerdict({ rules }))).toContain(
    '<failure message="x: observed no data, must be &gt; 1" type="no data"/>',
  );
});

test('fits the schema whatever names and errors hold, and loses no test case', async () => {
  const records = [recordNamed(HOSTILE_NAMES), ...fc.sample(hostileRecord(), { numRuns: 60, seed: 5 })];
  const documents = records.map(junitXml);
  expect(await complaints(documents)).toEqual([]);
  const cases = documents.map((document) => document.match(/<testcase /g)?.length);
  expect(cases).toEqual(records.map(({ verdict }) => verdict.rules.length + 1));
});

test('the schema refuses what is no such document', async () => {
  expect(await complaints(['<testsuites/>', '<testsuite name="x"/>'])).not.toEqual([]);
});
