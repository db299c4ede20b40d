import { expect, test } from 'vitest';
import { complaints, runDifferential } from './engine/run-differential.ts';

const TESTS = 300;

test(`the undici engine does what Artillery's does in ${TESTS} generated tests`, async () => {
  const results = await runDifferential('http', 'undici', 'generated', String(TESTS), 'language');
  expect(results).toHaveLength(TESTS);
  // The requests that were compared; tests that send nothing would compare nothing.
  expect(results.reduce((sum, { left }) => sum + left.requests, 0)).toBeGreaterThan(1_500);
  expect(results.flatMap(complaints).join('\n')).toBe('');
});
