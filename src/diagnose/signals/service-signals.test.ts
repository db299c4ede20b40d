import { expect, test } from 'vitest';
import type { EvidenceSeries } from '../evidence.ts';
import { serviceSignals } from './service-signals.ts';

function series(metric: string, values: readonly number[], system = 'Shop'): EvidenceSeries {
  const isRate = metric.startsWith('process.');
  return {
    ...{ system, kind: isRate ? 'process' : 'prometheus', metric, labels: {}, values },
    ...{ figure: isRate ? 'rate' : 'value', unit: isRate ? 'cores' : '' },
  };
}

function workOf(told: readonly number[], ...others: readonly EvidenceSeries[]): number[] {
  const utilisation = series('nodejs_eventloop_utilization_ratio', told);
  return [...(serviceSignals([utilisation, ...others], told.length, 1000).loopWork?.values ?? [])];
}

test('a loop that waits for a processor works no longer than its process does', () => {
  expect(workOf([0.9, 0.9, 0.9], series('process.cpu', [0.3, 0.3, 0.3]))).toEqual([
    expect.closeTo(0.3),
    expect.closeTo(0.3),
    expect.closeTo(0.3),
  ]);
});

test('a loop that works is as busy as it says, also where the looks at both fall into different seconds', () => {
  expect(workOf([0, 1, 0, 0.2], series('process.cpu', [0, 0.1, 1, 0.3]))).toEqual([0, 1, 0, 0.2]);
});

test('what other threads of the process do is not work of the loop', () => {
  expect(workOf([0.5, 0.5], series('process.cpu', [1.9, 1.9]))).toEqual([0.5, 0.5]);
});

test('a loop that waits for a processor works no longer than the main thread, however busy other threads are', () => {
  const others = [series('process.cpu', [1.2, 1.2, 1.2]), series('process.main_thread', [0.2, 0.2, 0.2])];
  expect(workOf([0.7, 0.7, 0.7], ...others)).toEqual([expect.closeTo(0.2), expect.closeTo(0.2), expect.closeTo(0.2)]);
});

test('the process of another system says nothing about the loop', () => {
  expect(workOf([0.9, 0.9], series('process.cpu', [0.1, 0.1], 'Database'))).toEqual([0.9, 0.9]);
  expect(workOf([0.9, 0.9])).toEqual([0.9, 0.9]);
});
