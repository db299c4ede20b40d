import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASES } from './engine/cases/index.ts';
import type { CaseResult } from './engine/differential.ts';
import { KNOWN_DIFFERENCES } from './engine/known-differences.ts';
import { complaints, runDifferential } from './engine/run-differential.ts';

// The undici engine against Artillery's own, test by test: what the server saw, what the users ended with, what was counted,
// which hooks ran with what. Where they differ on purpose, docs/engine-differences.md says so.

const DOCUMENT = fileURLToPath(new URL('../../docs/engine-differences.md', import.meta.url));

let results: ReadonlyMap<string, CaseResult>;
beforeAll(async () => {
  const all = await runDifferential('http', 'undici', 'cases');
  results = new Map(all.map((result) => [result.claim, result]));
});

describe.each(Object.entries(CASES))('%s', (_subject, cases) => {
  test.each(cases.map((one) => [one.claim, one] as const))('%s', (claim, { errors = [] }) => {
    const result = results.get(claim);
    if (result === undefined) throw new Error(`the case was not run: ${claim}`);
    for (const error of errors) expect(result.left.counters).toHaveProperty([`errors.${error}`]);
    expect(complaints(result).join('\n')).toBe('');
  });
});

test('no two cases have the same claim', () => {
  const claims = Object.values(CASES).flatMap((cases) => cases.map(({ claim }) => claim));
  expect(new Set(claims).size).toBe(claims.length);
});

test('every difference on purpose is explained in the documentation', () => {
  const headings = readFileSync(DOCUMENT, 'utf8').match(/(?<=^#+ ).+$/gm);
  expect(
    [...new Set(KNOWN_DIFFERENCES.map(({ heading }) => heading))].filter((one) => !headings?.includes(one)),
  ).toEqual([]);
});
