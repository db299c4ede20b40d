import { expect, test } from 'vitest';
import type { Cause, Finding } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import { gauge, mean, rate, type Second, syntheticEvidence } from '../testing/synthetic-evidence.ts';

/**
 * A short run in which each document is computed for so long, and takes so long; all others work 5 ms at a time.
 *
 * @param stallSec the longest time without the loop, in seconds with a document; undefined: nobody measured it.
 */
function findingsOf(workMs: number, answerMs: number, stallSec?: number): readonly Finding[] {
  const workedSec = ({ count }: Second): number =>
    Math.min(1, 0.05 + 0.005 * (count('Search') + count('Alerts')) + (workMs / 1000) * count('Document'));
  const evidence = syntheticEvidence({
    seconds: 17,
    endpoints: [
      { name: 'Search', perSec: 8, ms: 12, bytes: 6_000 },
      { name: 'Alerts', perSec: 6, ms: 4, bytes: 3_000 },
      { name: 'Document', perSec: 1.5, ms: answerMs, bytes: 6_000 },
    ],
    series: [
      gauge('nodejs_eventloop_utilization_ratio', workedSec),
      rate('process.cpu', (second) => workedSec(second) + 0.05, {}, 'cores'),
      ...(stallSec === undefined
        ? []
        : [
            gauge(
              'nodejs_eventloop_lag_max_seconds',
              ({ count }) => (count('Document') > 0 ? stallSec : 0.012),
              {},
              's',
            ),
          ]),
    ],
  });
  const diagnosis = diagnose(evidence);
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings : [];
}

test('an endpoint that computes most of its time blocks the loop, though others together work longer', () => {
  expect(findingsOf(40, 45)).toMatchObject([{ cause: 'event loop blocked', culprit: 'Document', certainty: 'sure' }]);
});

test('work that is not done at a stretch, or by another thread, does not block the loop', () => {
  expect(findingsOf(40, 45, 0.014)).toEqual([]);
  expect(findingsOf(40, 45, 0.047)).toMatchObject([{ cause: 'event loop blocked' }]);
});

test.each([
  ['computes a small part of its time', 15, 45],
  ['would compute longer than its answers take', 40, 12],
] as [string, number, number][])('an endpoint that %s does not', (_, workMs, answerMs) => {
  expect(findingsOf(workMs, answerMs)).toEqual([]);
});

test.each([
  ['to more than three times as much: 2 % of the time in collections are enough', 5e6, ['memory leak']],
  ['to twice as much: they are not', 1.5e6, []],
] as [string, number, Cause[]][])('memory that grows %s', (_, bytesPerSec, expected) => {
  const evidence = syntheticEvidence({
    series: [
      gauge('nodejs_heap_size_used_bytes', ({ at }) => 6e7 + bytesPerSec * at, {}, 'bytes'),
      rate('nodejs_gc_duration_seconds', () => 1, { kind: 'major' }),
      mean('nodejs_gc_duration_seconds', () => 0.016, { kind: 'major' }, 's'),
    ],
  });
  const diagnosis = diagnose(evidence);
  expect(diagnosis.answer === 'bottleneck' ? diagnosis.findings.map(({ cause }) => cause) : []).toEqual(expected);
});
