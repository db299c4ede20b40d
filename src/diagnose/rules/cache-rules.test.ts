import { describe, expect, test } from 'vitest';
import type { Cause } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import { rate, type SyntheticSeries, syntheticEvidence } from '../testing/synthetic-evidence.ts';

/** Seconds in which an entry expires that is kept for some three. */
const EXPIRY: ReadonlySet<number> = new Set([1, 4, 7, 11, 14]);

/** A cache that tells kinds of entries apart: searches miss all the time, and the level of all pages now and then. */
function lookUps(levelMisses: (at: number) => number): readonly SyntheticSeries[] {
  const of = (namespace: string, result: string, valueAt: SyntheticSeries['valueAt']): SyntheticSeries =>
    rate('cache_requests_total', valueAt, { namespace, result });
  return [
    of('search', 'hit', ({ count }) => 0.2 * count('Search')),
    of('search', 'miss', ({ count }) => 0.8 * count('Search')),
    of('level', 'hit', ({ count }) => count('Search') + count('Alerts')),
    of('level', 'miss', ({ at }) => levelMisses(at)),
  ];
}

function causesOf(levelMisses: (at: number) => number, slowdown: (at: number) => number): Cause[] {
  const diagnosis = diagnose(syntheticEvidence({ seconds: 17, slowdown, series: lookUps(levelMisses) }));
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings.map(({ cause }) => cause) : [];
}

const isSlow = (at: number): number => (EXPIRY.has(at) ? 4 : 1);

describe('in a short run, an entry that expires every three seconds', () => {
  test('and is computed by several at once is a stampede, however much else misses', () => {
    expect(causesOf((at) => (EXPIRY.has(at) ? 4 : 0), isSlow)).toEqual(['cache stampede']);
  });

  test('is a stampede also where it goes on for longer than a second, and others wait for a processor then', () => {
    const isAfter = (at: number): boolean => EXPIRY.has(at - 1);
    expect(
      causesOf(
        (at) => (EXPIRY.has(at) ? 20 : 0),
        (at) => (EXPIRY.has(at) ? 60 : isAfter(at) ? 3 : 1),
      ),
    ).toEqual(['cache stampede']);
  });

  test('and is computed by one is none', () => {
    expect(causesOf((at) => (EXPIRY.has(at) ? 1 : 0), isSlow)).toEqual([]);
  });

  test('and costs little is none', () => {
    expect(
      causesOf(
        (at) => (EXPIRY.has(at) ? 4 : 0),
        (at) => (EXPIRY.has(at) ? 1.5 : 1),
      ),
    ).toEqual([]);
  });

  test('is not what makes other seconds slow', () => {
    expect(
      causesOf(
        (at) => (EXPIRY.has(at) ? 4 : 0),
        (at) => (EXPIRY.has(at) ? 1 : 4),
      ),
    ).toEqual([]);
  });
});
