import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIXTURE_PATHS, searchTermsCsv } from '../../fixtures/platform/src/seed/fixture-files.ts';

// Beside the database tests because it reads all 100,000 documents, which takes some seconds.
test('the committed search terms are those that the generator chooses from the documents', () => {
  expect(readFileSync(FIXTURE_PATHS.searchTerms, 'utf8')).toBe(searchTermsCsv());
}, 120_000);
