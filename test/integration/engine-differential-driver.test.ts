import { expect, test } from 'vitest';
import { complaints, runDifferential } from './engine/run-differential.ts';

// The driver of the differential tests is itself tested: it must neither see differences that are none, nor miss one.

test("Artillery's engine does not differ from itself, so nothing that is compared is left to chance", async () => {
  const results = [
    ...(await runDifferential('http', 'http', 'cases', 'redirect')),
    ...(await runDifferential('http', 'http', 'cases', 'parallel')),
    ...(await runDifferential('http', 'http', 'generated', '60', 'itself')),
  ];
  expect(results.length).toBeGreaterThan(80);
  expect(results.map(({ claim, unexpected }) => ({ claim, unexpected }))).toEqual(
    results.map(({ claim }) => ({ claim, unexpected: [] })),
  );
});

test('an engine that leaves out the last step is seen in every case that reaches it', async () => {
  const results = await runDifferential('http', 'faulty', 'cases', 'a loop over');
  expect(results.length).toBeGreaterThan(7);
  expect(results.filter((result) => complaints(result).length === 0)).toEqual([]);
});

test('a generated test that shows a fault is made as small as it can be', async () => {
  const results = await runDifferential('http', 'faulty', 'generated', '4', 'small');
  for (const { test: smallest } of results) expect(JSON.stringify(smallest?.flow).length).toBeLessThan(120);
  expect(results).toHaveLength(4);
});
