import { describe, expect, test } from 'vitest';
import type { Cause } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import type { Evidence } from '../evidence.ts';
import { gauge, syntheticEvidence } from '../testing/synthetic-evidence.ts';

/** After this second, only a few people still look for what became of their work. */
const LOAD_ENDS = 17;
const SECONDS = 35;

/** The same run with one endpoint alone after the end of the load. */
function ending({ requests, ...rest }: Evidence): Evidence {
  const rows = Array.from({ length: requests.count }, (_, row) => row).filter((row) => {
    const isLookingOn = requests.names[requests.endpoint[row] ?? 0] === 'Sign in';
    return isLookingOn || (requests.dueMs[row] ?? 0) < LOAD_ENDS * 1000;
  });
  const of = (column: ArrayLike<number>): number[] => rows.map((row) => column[row] ?? 0);
  return {
    ...rest,
    requests: {
      ...{ count: rows.length, names: requests.names, endpoint: of(requests.endpoint), dueMs: of(requests.dueMs) },
      ...{ responseMs: of(requests.responseMs), transferMs: of(requests.transferMs) },
      ...{ status: of(requests.status), bytes: of(requests.bytes) },
    },
  };
}

function causesOf(depthAt: (at: number) => number, lagAt: (at: number) => number): Cause[] {
  const series = [
    gauge('queue_depth', ({ at }) => depthAt(at), { queue: 'events' }),
    gauge('queue_lag_seconds', ({ at }) => lagAt(at), { queue: 'events' }, 's'),
  ];
  const diagnosis = diagnose(ending(syntheticEvidence({ seconds: SECONDS, series })));
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings.map(({ cause }) => cause) : [];
}

/** Grows as long as the load lasts, and is worked off afterwards. */
function risingTo(most: number): (at: number) => number {
  return (at) => Math.max(0, (most * Math.min(at, 2 * LOAD_ENDS - at)) / LOAD_ENDS);
}

describe('a backlog that grows under load', () => {
  test('is one also where it is worked off after the load', () => {
    expect(causesOf(risingTo(12), risingTo(6))).toEqual(['slow consumer']);
  });

  test.each([
    ['four jobs are none', 4, []],
    ['six are', 6, ['slow consumer']],
  ] as [string, number, Cause[]][])('and of which it is known how long it waits: %s', (_, most, expected) => {
    expect(causesOf(risingTo(most), risingTo(6))).toEqual(expected);
  });
});

test('work that comes in batches is behind where the oldest gets older and older, though fewer wait between two of them', () => {
  const depth = [0, 6, 6, 6, 6, 6, 5, 5, 5, 4, 4, 4, 4, 10, 10, 10, 10, 10, 9];
  expect(
    causesOf(
      (at) => depth[at] ?? 0,
      (at) => (at < depth.length ? 0.9 * at : 0),
    ),
  ).toEqual(['slow consumer']);
});

test('a backlog that is worked off again and again is none', () => {
  expect(
    causesOf(
      (at) => 3 * (at % 5),
      (at) => at % 5,
    ),
  ).toEqual([]);
});
