import { describe, expect, test } from 'vitest';
import type { Finding } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import { gauge, rate, syntheticEvidence } from '../testing/synthetic-evidence.ts';

/** A short run: alone for three seconds, and then every request changes a row, so long each time. */
function findingsOf(changeMs: number, looksWithLock: number): readonly Finding[] {
  const isBusy = (at: number): boolean => at >= 3;
  const labels = { statement: 'change' };
  const evidence = syntheticEvidence({
    seconds: 17,
    slowdown: (at) => (isBusy(at) ? 2 : 1),
    series: [
      rate('postgres.statement_calls', ({ count }) => count('Search') + count('Alerts'), labels),
      rate(
        'postgres.statement_time',
        ({ at, count }) => ((count('Search') + count('Alerts')) * (isBusy(at) ? changeMs : 0.3)) / 1000,
        labels,
        's/s',
      ),
      gauge('postgres.waits', () => 1, { type: 'CPU' }),
      gauge('postgres.waits', ({ at }) => (at % 4 === 0 && at < 4 * looksWithLock ? 1 : 0), { type: 'Lock' }),
    ],
  });
  const diagnosis = diagnose(evidence);
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings : [];
}

describe('waits for a lock that are shorter than a second', () => {
  test('are seen by what statements that lock take longer than alone', () => {
    expect(findingsOf(15, 3)).toMatchObject([{ cause: 'lock contention', certainty: 'likely' }]);
  });

  test('are none where statements take as long as alone', () => {
    expect(findingsOf(0.3, 3)).toEqual([]);
  });

  test('are none where hardly anybody was seen to wait', () => {
    expect(findingsOf(15, 1)).toEqual([]);
  });
});

test.each(['Lock', 'IO'])('a wait (%s) that somebody was first seen in late was none before', (type) => {
  const series = [gauge('postgres.waits', ({ at }) => (at < 12 ? null : at === 12 ? 2 : 0), { type })];
  expect(diagnose(syntheticEvidence({ seconds: 17, series })).answer).toBe('no bottleneck');
});
