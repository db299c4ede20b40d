import type { Random } from 'proving-ground/stats/random.ts';
import { createWeightedPick, drawLogNormal } from '../random/distributions.ts';
import { DATA_END_MS, iso } from '../time-range.ts';
import { createDescriber, type Describer } from './describe.ts';
import type { EventKind, SecurityEvent } from './event.ts';
import type { Indicators } from './indicators.ts';

const MEDIAN_SIZE = 20;
const SIZE_SPREAD = 2.5;
const LARGEST_SIZE = 500;
const HAS_A_BURST = 0.1;
const IS_MALWARE = 0.002;
const HAS_INDICATOR = 0.01;
const HOUR_SECONDS = 3_600;

/** What sensors send all day. Malware comes on top, rarely. */
const pickRoutine = createWeightedPick<Routine>(
  [
    { kind: 'network.connection', source: 'firewall', severities: [0, 1], weight: 38 },
    { kind: 'dns.query', source: 'dns', severities: [0, 0], weight: 24 },
    { kind: 'process.start', source: 'edr', severities: [0, 2], weight: 16 },
    { kind: 'auth.success', source: 'identity', severities: [0, 0], weight: 12 },
    { kind: 'file.change', source: 'edr', severities: [0, 1], weight: 7 },
    { kind: 'auth.failure', source: 'identity', severities: [1, 2], weight: 3 },
  ],
  ({ weight }) => weight,
);

interface Routine {
  readonly kind: EventKind;
  readonly source: string;
  /** The least and the highest severity. */
  readonly severities: readonly [number, number];
  readonly weight: number;
}

/**
 * A batch as a SIEM forwards it: mostly routine, of log-normal size (median 20, at most 500 events), one in ten with a
 * series of failed sign-ins from one address, now and then malware or a known indicator.
 */
export function drawBatch(random: Random, indicators: Indicators): readonly SecurityEvent[] {
  const size = Math.round(Math.min(LARGEST_SIZE, Math.max(1, drawLogNormal(random, MEDIAN_SIZE, SIZE_SPREAD))));
  const describer = createDescriber(random);
  const clock = createSensorClock(random);
  const burst = random.chance(HAS_A_BURST) ? drawBruteForce(random, describer, clock) : [];
  const routine = Array.from({ length: Math.max(0, size - burst.length) }, () =>
    drawRoutine(random, indicators, describer, clock),
  );
  return [...routine, ...burst];
}

/**
 * A batch that must raise an alert: malware, a known indicator, or a series of failed sign-ins, on a host or from an
 * address that nobody else has, so that the alert is a new one.
 */
export function drawAttack(random: Random, indicators: Indicators): readonly SecurityEvent[] {
  const describer = createDescriber(random);
  const clock = createSensorClock(random);
  const host = `ws-target-${random.hex(12)}`;
  switch (random.pick(['malware', 'known indicator', 'brute force'] as const)) {
    case 'malware':
      return [describe('malware.detected', 'edr', 4, describer, clock, { host })];
    case 'known indicator':
      return [
        describe('network.connection', 'ids', 3, describer, clock, { host, indicator: indicators.alarming(random) }),
      ];
    case 'brute force':
      return drawBruteForce(random, describer, clock);
  }
}

/** Somebody tries passwords: 8 to 20 failures within seconds, all from one address (five are enough for an alert). */
function drawBruteForce(random: Random, describer: Describer, clock: SensorClock): SecurityEvent[] {
  // A documentation prefix of IPv6 (RFC 3849) has room enough for addresses that no run uses twice.
  const srcIp = `2001:db8:${(random.hex(24).match(/.{4}/g) ?? []).join(':')}`;
  const [host, length] = [describer.host(), random.integer(8, 20)];
  return Array.from({ length }, () =>
    describe('auth.failure', 'identity', 2, describer, clock, { host, srcIp, username: describer.username() }),
  );
}

function drawRoutine(random: Random, indicators: Indicators, describer: Describer, clock: SensorClock): SecurityEvent {
  const details = { host: describer.host(), srcIp: describer.address(), username: describer.username() };
  if (random.chance(IS_MALWARE)) return describe('malware.detected', 'edr', 4, describer, clock, details);
  const { kind, source, severities } = pickRoutine(random);
  const severity = random.integer(...severities);
  const indicator = random.chance(HAS_INDICATOR) ? { indicator: indicators.any(random) } : {};
  return describe(kind, source, severity, describer, clock, { ...details, ...indicator });
}

type Details = Pick<SecurityEvent, 'host' | 'username' | 'srcIp' | 'indicator'>;

function describe(
  kind: EventKind,
  source: string,
  severity: number,
  describer: Describer,
  clock: SensorClock,
  details: Details,
): SecurityEvent {
  return { source, kind, severity, ...details, message: describer.message(kind), occurredAt: clock() };
}

type SensorClock = () => string;

/**
 * Sensors live in the time of the platform's data, not in ours: with the real time in it, a batch would never be the same
 * again for the same seed. The platform correlates by the time of acceptance.
 */
function createSensorClock(random: Random): SensorClock {
  let timeMs = DATA_END_MS + random.integer(1, HOUR_SECONDS) * 1000;
  return () => {
    timeMs += random.integer(0, 900);
    return iso(timeMs);
  };
}
