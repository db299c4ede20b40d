import { describe, expect, test } from 'vitest';
import { arrivalsRule } from './arrivals-rule.ts';
import { evidenceOf, metricsOf, phaseOf, START } from './testing/evidence-of.ts';

/** 1,000 planned users in 10 s: 2 % and 12 at the edges of the phase may be missing. */
function judge(created: number, changes: Parameters<typeof phaseOf>[1] = {}) {
  const phase = phaseOf(10, { metrics: metricsOf({ 'vusers.created': created }), ...changes });
  return arrivalsRule(evidenceOf(10, { phases: [phase] }))[0];
}

describe('a phase', () => {
  test('may lack 2 % of its users and those at its edges, and not one more', () => {
    expect(judge(968)?.outcome).toBe('ok');
    expect(judge(967)?.outcome).toBe('not valid');
  });

  test('may not have more users than planned either', () => {
    expect(judge(1032)?.outcome).toBe('ok');
    expect(judge(1033)?.outcome).toBe('not valid');
  });

  test('of a few users is not judged by one of them', () => {
    const few = { plannedUsers: 20, metrics: metricsOf({ 'vusers.created': 18 }) };
    expect(judge(18, few)?.outcome).toBe('ok');
    expect(judge(17, { ...few, metrics: metricsOf({ 'vusers.created': 17 }) })?.outcome).toBe('not valid');
  });

  test('that took longer did not have its rate, though all users came', () => {
    expect(judge(1000, { endedAt: START + 10_450 })?.outcome).toBe('ok');
    const stretched = judge(1000, { endedAt: START + 20_000 });
    expect(stretched).toMatchObject({ outcome: 'not valid', observed: 0.5, intervals: [{ from: 0, to: 20 }] });
    expect(stretched?.text).toBe(
      'users of "Steady" arrived at 50 % of the planned rate, from 0 s to 20 s, it took 20.0 s instead of 10 s',
    );
  });

  test('that shared its time with another generator may take as long as the turns of both', () => {
    const turns = { turnMs: 2_000, restMs: 500 };
    const judged = (seconds: number) => {
      const phase = phaseOf(10, { metrics: metricsOf({ 'vusers.created': 1000 }), endedAt: START + seconds * 1000 });
      return arrivalsRule(evidenceOf(seconds, { phases: [phase], turns }))[0]?.outcome;
    };
    // Five turns of two seconds, or parts of six, and as many of the other.
    expect([judged(22.5), judged(30), judged(36)]).toEqual(['ok', 'ok', 'not valid']);
  });

  test('with random arrivals may be off by chance', () => {
    const plan = { duration: 10, arrivalRate: 100, mode: 'poisson' };
    expect(judge(845, { plan })?.outcome).toBe('ok');
    expect(judge(840, { plan })?.outcome).toBe('not valid');
  });

  test('whose users maxVusers turned away did have its arrivals', () => {
    const metrics = metricsOf({ 'vusers.created': 300, 'vusers.skipped': 700 });
    expect(judge(300, { metrics })).toMatchObject({ outcome: 'ok', observed: 1 });
  });
});

test('the phase that is furthest off is the one that is told of', () => {
  const slow = phaseOf(10, { name: 'Burst', metrics: metricsOf({ 'vusers.created': 500 }) });
  const [finding] = arrivalsRule(evidenceOf(20, { phases: [phaseOf(10), slow] }));
  expect(finding?.text).toContain('"Burst" arrived at 50 %');
});

test('phases that were cut short, or that plan no users, are not judged', () => {
  const pause = phaseOf(10, { plan: { pause: 10 }, plannedUsers: 0, metrics: metricsOf({}) });
  const cut = phaseOf(10, { endedAt: undefined, metrics: metricsOf({ 'vusers.created': 3 }) });
  expect(arrivalsRule(evidenceOf(20, { phases: [pause, cut] }))).toEqual([]);
});
