import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { exampleRecord } from '../testing/example-record.ts';

function published(): ValidateFunction {
  return new Ajv2020().compile(JSON.parse(readFileSync('schema/run.schema.json', 'utf8')) as object);
}

test('a run fits the published schema', () => {
  const fits = published();
  expect([fits(exampleRecord()), fits.errors]).toEqual([true, null]);
});

test.each([
  ['an unknown outcome', { verdict: { ...exampleRecord().verdict, outcome: 'fine' } }],
  ['an unknown version', { version: 99 }],
  ['no seed', { seed: undefined }],
])('one with %s does not', (_, change) => {
  const content: unknown = JSON.parse(JSON.stringify({ ...exampleRecord(), ...change }));
  expect(published()(content)).toBe(false);
});

test('keys of later runs are allowed', () => {
  expect(published()({ ...exampleRecord(), regression: { outcome: 'none' } })).toBe(true);
});
