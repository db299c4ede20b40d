import { describe, expect, test } from 'vitest';
import { lateShareLimit } from './limits.ts';
import { loopRule } from './loop-rule.ts';
import { evidenceOf, phaseOf, START, secondsOf } from './testing/evidence-of.ts';

const busy = { utilisation: 1, delayMaxMs: 41, lateMs: 500 };

describe('a run may be late for one hundredth of its time', () => {
  const late = (lateMs: number) => loopRule(evidenceOf(100, { generator: secondsOf(100, { 12: { lateMs } }) }))[0];

  test('and not a step more', () => {
    expect(late(1000)?.outcome).toBe('ok');
    expect(late(1010)?.outcome).toBe('not valid');
  });

  test('says when, for how long and by how much', () => {
    const generator = secondsOf(100, { 12: busy, 13: { ...busy, delayMaxMs: 74 }, 18: busy, 40: busy });
    expect(loopRule(evidenceOf(100, { generator }))[0]).toMatchObject({
      observed: 0.02,
      limit: 0.01,
      text: 'the event loop was more than 10 ms late for 2 % of the run, from 12 s to 14 s and 2 more times, 74 ms at worst',
      intervals: [
        { from: 12, to: 14, worst: 74 },
        { from: 18, to: 19, worst: 41 },
        { from: 40, to: 41, worst: 41 },
      ],
    });
  });

  test('in the worst of its workers', () => {
    const second = secondsOf(100, { 12: { lateMs: 1010 } }).map((each) => ({ ...each, worker: 2 }));
    const [finding] = loopRule(evidenceOf(100, { generator: [...secondsOf(100), ...second] }));
    expect(finding?.outcome).toBe('not valid');
  });
});

describe('a phase may be late for one twentieth of its time', () => {
  const late = (lateMs: number) => {
    const burst = phaseOf(20, { name: 'Burst', startedAt: START + 200_000, endedAt: START + 220_000 });
    const generator = secondsOf(220, { 210: { lateMs, delayMaxMs: 90 } });
    return loopRule(evidenceOf(220, { phases: [phaseOf(200), burst], generator }))[0];
  };

  test('and not a step more', () => {
    expect(late(1000)?.outcome).toBe('ok');
    expect(late(1010)).toMatchObject({ outcome: 'not valid', text: expect.stringContaining('of "Burst"') });
  });
});

test('a loop that is always busy and never late is no fault', () => {
  const generator = secondsOf(20).map((second) => ({ ...second, utilisation: 1 }));
  expect(loopRule(evidenceOf(20, { generator }))[0]?.outcome).toBe('ok');
});

test('a hiccup of a second in ten minutes is noted, with its moment, and one below 100 ms is not', () => {
  const hiccup = (delayMaxMs: number) =>
    loopRule(evidenceOf(600, { generator: secondsOf(600, { 31: { delayMaxMs, lateMs: delayMaxMs } }) }))[0];
  expect(hiccup(1012)).toMatchObject({ outcome: 'noted', intervals: [{ from: 31, to: 32, worst: 1012 }] });
  expect(hiccup(1012)?.text).toContain('from 31 s to 32 s, 1,012 ms at worst');
  expect(hiccup(99.9)?.outcome).toBe('ok');
});

test('half a second, and at most a tenth, is what a short span may be late', () => {
  expect(lateShareLimit(2, 'run')).toBe(0.1);
  expect(lateShareLimit(5, 'phase')).toBe(0.1);
  expect(lateShareLimit(10, 'run')).toBe(0.05);
  expect(lateShareLimit(49, 'run')).toBeGreaterThan(0.01);
  expect(lateShareLimit(50, 'run')).toBe(0.01);
  expect(lateShareLimit(10, 'phase')).toBe(0.05);
  expect(lateShareLimit(3600, 'phase')).toBe(0.05);
});

test('says nothing where nothing was measured', () => {
  expect(loopRule(evidenceOf(10, { generator: [] }))).toEqual([]);
});
