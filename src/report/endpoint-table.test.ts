import { expect, test } from 'vitest';
import type { RequestSummary } from '../record/index.ts';
import { endpointTable } from './endpoint-table.ts';
import { PLAIN } from './style.ts';

const NO_METRICS = { counters: {}, rates: {}, summaries: {}, histograms: {}, extra: {} };
const TIMES = { count: 9, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p999: 6, max: 7 };

function summary(fields: Partial<RequestSummary>): RequestSummary {
  return {
    count: 10,
    answers: 9,
    errors: 1,
    codes: { 200: 9 },
    rate: 1,
    bytesUp: 1,
    bytesDown: 1,
    responseTime: TIMES,
    ...fields,
  };
}

test('shows response times from samples where there are some, of whole runs only', () => {
  const samples = {
    file: 'samples.arrow',
    count: 30,
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-01T00:00:01.000Z',
    sizeBytes: 500,
    requests: [
      summary({}),
      summary({ phase: 'Burst' }),
      summary({ endpoint: 'Fast', codes: { 200: 7, 404: 1, 503: 1 } }),
      summary({ endpoint: 'Slow', responseTime: { ...TIMES, p95: 40 } }),
      summary({ endpoint: 'Slow', phase: 'Burst' }),
    ],
  };
  const table = endpointTable({ metrics: NO_METRICS, samples }, PLAIN, 80);
  expect(table.map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['Endpoint (ms)', 'Answers', '4xx', '5xx', 'No answer', 'p50', 'p95', 'p99', 'max'],
    ['Slow', '9', '0', '0', '1', '2', '40', '5', '7'],
    ['Fast', '9', '1', '1', '1', '2', '4', '5', '7'],
  ]);
});

test('leaves the times of an endpoint empty that never answered', () => {
  const { responseTime: _, ...silent } = summary({ endpoint: 'Dead', codes: {} });
  const samples = { file: 'x', count: 10, from: '', to: '', sizeBytes: 1, requests: [silent] };
  const [, line = ''] = endpointTable({ metrics: NO_METRICS, samples }, PLAIN, 80);
  expect(line.trim().split(/\s{2,}/)).toEqual(['Dead', '0', '0', '0', '10']);
});
