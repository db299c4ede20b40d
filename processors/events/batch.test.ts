import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { drawAttack, drawBatch } from './batch.ts';
import type { SecurityEvent } from './event.ts';
import { createIndicators } from './indicators.ts';

const indicators = createIndicators([
  { value: '198.51.100.7', score: 70 },
  { value: 'calm.example', score: 69 },
]);
const batches = Array.from({ length: 1_500 }, (_, user) => drawBatch(createRandom(`batch ${user}`), indicators));
const events = batches.flat();

describe('drawBatch', () => {
  test('has log-normal sizes: a median of 20, and 500 at the most', () => {
    const sizes = batches.map((batch) => batch.length).sort((one, other) => one - other);
    const median = sizes[750] ?? 0;
    expect(median).toBeGreaterThan(17);
    expect(median).toBeLessThan(23);
    // Two standard deviations of the logarithm: 20 × 2.5² = 125.
    expect(sizes[Math.floor(0.977 * 1_500)]).toBeGreaterThan(90);
    expect(sizes[0]).toBeGreaterThanOrEqual(1);
    expect(sizes.at(-1)).toBeLessThanOrEqual(500);
  });

  test('has a series of failed sign-ins from one address in every tenth batch', () => {
    const withSeries = batches.filter((batch) => longestSeries(batch) >= 8).length / batches.length;
    expect(Math.abs(withSeries - 0.1)).toBeLessThan(0.04);
  });

  test('has malware now and then', () => {
    const malware = events.filter(({ kind }) => kind === 'malware.detected').length / events.length;
    expect(malware).toBeGreaterThan(0.0005);
    expect(malware).toBeLessThan(0.004);
  });

  test('says nothing that Artillery would take for a variable', () => {
    expect(JSON.stringify(events)).not.toContain('{{');
  });

  test('fits the contract of the platform', () => {
    expect(events.filter(({ severity }) => !Number.isInteger(severity) || severity < 0 || severity > 4)).toEqual([]);
    expect(events.filter(({ occurredAt }) => !/^2026-07-01T\d\d:\d\d:\d\dZ$/.test(occurredAt))).toEqual([]);
    expect(events.filter(({ message }) => message.length < 1 || message.length > 8_000)).toEqual([]);
    const names = events.flatMap(({ source, host, username, indicator }) => [source, host, username, indicator]);
    expect(names.filter((name) => name !== undefined && !/^.{1,255}$/.test(name))).toEqual([]);
  });

  test('is the same for the same stream, whatever was drawn in between', () => {
    const [one, other] = [createRandom('same'), createRandom('same')];
    const first = drawBatch(one, indicators);
    drawBatch(createRandom('somebody else'), indicators);
    expect(drawBatch(other, indicators)).toEqual(first);
    expect(drawBatch(other, indicators)).toEqual(drawBatch(one, indicators));
  });
});

describe('drawAttack', () => {
  const attacks = Array.from({ length: 600 }, (_, user) => drawAttack(createRandom(`attack ${user}`), indicators));

  test('always raises an alert: malware, an indicator with a score of 70 or more, or five failures from one address', () => {
    const kinds = new Set<string>();
    for (const attack of attacks) {
      const [first] = attack;
      if (first?.kind === 'malware.detected') kinds.add('malware');
      else if (first?.indicator === '198.51.100.7') kinds.add('indicator');
      else kinds.add(longestSeries(attack) >= 5 ? 'brute force' : 'nothing');
    }
    expect(kinds).toEqual(new Set(['malware', 'indicator', 'brute force']));
  });

  test('comes from a host or an address that no other attack has, so that the alert is a new one', () => {
    const entities = attacks.map(([event]) => (event?.kind === 'auth.failure' ? event.srcIp : event?.host));
    expect(new Set(entities).size).toBe(attacks.length);
  });

  test('names valid IPv6 addresses', () => {
    const addresses = attacks.flat().flatMap(({ kind, srcIp }) => (kind === 'auth.failure' ? [srcIp] : []));
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/^2001:db8(:[0-9a-f]{4}){6}$/.test(String(address)))).toEqual([]);
  });
});

test('a file of indicators without an alarming one is refused', () => {
  expect(() => createIndicators([{ value: 'calm.example', score: 69 }])).toThrow('none with a score of 70 or more');
});

/** The most failed sign-ins that any one address has in a batch. */
function longestSeries(batch: readonly SecurityEvent[]): number {
  const counts = new Map<string, number>();
  for (const { kind, srcIp } of batch) {
    if (kind === 'auth.failure' && srcIp !== undefined) counts.set(srcIp, (counts.get(srcIp) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
