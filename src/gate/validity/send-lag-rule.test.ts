import { describe, expect, test } from 'vitest';
import { sketchOf } from '../../stats/index.ts';
import { sendLagLimit, sendLagRule, shareAbove } from './send-lag-rule.ts';
import { evidenceOf, metricsOf, phaseOf, START, secondsOf } from './testing/evidence-of.ts';

/** So many requests, of which some were begun late. */
function lags(count: number, late: number, lateMs = 41): number[] {
  return Array.from({ length: count }, (_, index) => (index < late ? lateMs : 0.3));
}

describe('one request in a hundred may be late', () => {
  const judge = (late: number) =>
    sendLagRule(
      evidenceOf(100, {
        metrics: metricsOf({}, { 'generator.send_lag': lags(1000, late) }),
        generator: secondsOf(100, { 7: { sendLagP99Ms: 40, sendLagMaxMs: 41 } }),
      }),
    )[0];

  test('and not one more', () => {
    expect(judge(10)?.outcome).toBe('ok');
    expect(judge(11)?.outcome).toBe('not valid');
  });

  test('says how many, when and by how much', () => {
    const finding = judge(30);
    expect(finding).toMatchObject({ limit: 10, unit: 'ms', intervals: [{ from: 7, to: 8, worst: 41 }] });
    expect(finding?.text).toMatch(
      /^3 % of the requests of the run were begun more than 10 ms late \(at most 1 %\), from 7 s to 8 s, p99 4\d(?:\.\d)? ms, 41 ms at worst$/,
    );
  });
});

test('one request in twenty of a phase may be late, and not one more', () => {
  const judge = (late: number) => {
    const metrics = metricsOf({}, { 'generator.send_lag': lags(1000, late) });
    const burst = phaseOf(20, { name: 'Burst', startedAt: START + 80_000, endedAt: START + 100_000, metrics });
    const total = metricsOf({}, { 'generator.send_lag': lags(10_000, late) });
    return sendLagRule(evidenceOf(100, { phases: [phaseOf(80), burst], metrics: total }))[0];
  };
  expect(judge(50)?.outcome).toBe('ok');
  expect(judge(51)).toMatchObject({ outcome: 'not valid', text: expect.stringContaining('"Burst"') });
});

test('a single long lag is noted', () => {
  const metrics = metricsOf({}, { 'generator.send_lag': lags(1000, 1, 250) });
  expect(sendLagRule(evidenceOf(100, { metrics }))[0]?.outcome).toBe('noted');
});

test('an engine that does not measure its lag is not judged by it', () => {
  expect(sendLagRule(evidenceOf(100))).toEqual([]);
});

describe('the limit', () => {
  const of = (p50: number, count = 20, maxSendLag?: number) => {
    const values = Array.from({ length: count }, () => p50);
    return sendLagLimit(metricsOf({}, { 'plugins.metrics-by-endpoint.response_time.Search': values }), maxSendLag);
  };

  test('is a tenth of the smallest p50, from 5 to 10 ms', () => {
    expect(of(500)).toBe(10);
    expect(of(80)).toBeCloseTo(8, 0);
    expect(of(0.4)).toBe(5);
  });

  test('is what the test says, however fast the answers are', () => {
    expect([of(500, 20, 30), of(200, 20, 30), of(1, 20, 3)]).toEqual([30, 30, 3]);
  });

  test('does not listen to an endpoint with fewer than 20 answers', () => {
    expect(of(60, 19)).toBe(10);
    expect(of(60, 20)).toBeCloseTo(6, 0);
  });
});

test('the share of a sketch above a limit is what counting says, to the accuracy of a sketch', () => {
  const values = Array.from({ length: 5000 }, (_, index) => index / 100);
  const sketch = sketchOf(values);
  for (const limit of [0.5, 7.3, 10, 33, 49]) {
    const counted = values.filter((value) => value > limit).length / values.length;
    expect(Math.abs(shareAbove(sketch, limit) - counted)).toBeLessThan(0.02);
  }
  expect(shareAbove(sketch, 50)).toBe(0);
  expect(shareAbove(sketchOf([20, 30]), 10)).toBe(1);
});
