import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CELLS } from '../../bench/capacity/cells.ts';
import { capacityOf, createKnownServer } from '../../bench/capacity/known-server.ts';
import { type Result, resultTables } from '../../bench/capacity/results.ts';

test('a server of known capacity takes that much and no more, however many ask', async () => {
  const system = { workers: 2, serviceMs: 20 };
  const server = createKnownServer(system).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 60 }, async () => (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()));
  const seconds = (performance.now() - startedAt) / 1_000;
  server.close();
  // Sixty requests are the work of 0.6 s; a busy machine only adds to it.
  expect(capacityOf(system)).toBe(100);
  expect(seconds).toBeGreaterThanOrEqual(0.59);
});

test('the study has at least four capacities, with three searches each, and counts those that came near', () => {
  const searches = CELLS.filter(({ procedure }) => procedure === 'search');
  expect(new Set(searches.map(({ system }) => capacityOf(system))).size).toBeGreaterThanOrEqual(4);
  expect(searches).toHaveLength(12);
  const measured = searches.map((cell, index) => {
    const perSec = capacityOf(cell.system) * (index === 0 ? 1.051 : 1.049);
    const result: Result = { id: cell.id, perSec, answer: 'found', trials: 20, seconds: 300, measuredAt: '' };
    return { cell, result };
  });
  expect(resultTables(measured)).toContain('Searches within 5 % of the truth: 11 of 12 (95 % interval');
});
