import { describe, expect, test } from 'vitest';
import { parseGateRecord } from './gate-record.ts';
import { exampleGate } from './testing/example-gate.ts';
import type { MadePairs } from './testing/pairs.ts';

const SLOWER: MadePairs = { count: 12, endpoints: [{ name: 'Search', factor: 1.3 }, { name: 'Other' }] };
const EQUAL: MadePairs = { count: 24, endpoints: [{ name: 'Search' }, { name: 'Other' }] };

describe('gate.json', () => {
  test.each([
    { answer: 'regressed', made: SLOWER, exitCode: 3 },
    { answer: 'unchanged', made: EQUAL, exitCode: 0 },
    { answer: 'improved', made: { count: 12, endpoints: [{ name: 'Search', factor: 0.7 }] }, exitCode: 0 },
    { answer: 'inconclusive', made: { ...EQUAL, count: 4 }, exitCode: 5 },
  ])('of a comparison that is $answer comes back from JSON as it was', ({ answer, made, exitCode }) => {
    const record = exampleGate(made);
    expect([record.answer, record.exitCode]).toEqual([answer, exitCode]);
    expect(parseGateRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('names the culprit in what regressed, and in nothing else', () => {
    expect(exampleGate(SLOWER).culprit).toMatchObject({ kind: 'named', culprits: [{ target: { name: 'Search' } }] });
    expect(exampleGate(EQUAL).culprit).toBeUndefined();
  });

  test('says in one sentence what is slower, by how much, and what is allowed', () => {
    expect(exampleGate(SLOWER).reason).toMatch(
      /^p\d\d of Search changed by \+\d\d\.\d % \(\+\d\d\.\d % to \+\d\d\.\d %; margin \+\d+ %\)/,
    );
  });

  test('of an interrupted comparison has no answer, whatever the pairs say', () => {
    const record = exampleGate(SLOWER, { interruptedBy: 'SIGTERM' });
    expect([record.answer, record.exitCode, record.culprit]).toEqual(['inconclusive', 143, undefined]);
    expect(record.reason).toBe('it was interrupted after 12 pairs');
  });

  test('is refused with another version', () => {
    expect(() => parseGateRecord({ ...exampleGate(EQUAL), version: 2 })).toThrow(/version/);
  });
});
