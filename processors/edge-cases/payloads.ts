import type { Random } from 'proving-ground/stats/random.ts';

/** Just over the 1 MiB that the platform takes. */
const OVERSIZED_BYTES = 1_048_576 + 4_096;

const EVENT = { source: 'edr', kind: 'auth.success', severity: 1, host: 'ws-fra-001', message: 'ok' };

/** Bodies of `POST /events` that are wrong in different ways: no JSON, a missing field, a wrong type, an unknown kind. */
const MALFORMED = [
  '{"source": "edr", "kind":',
  JSON.stringify([]),
  JSON.stringify(EVENT),
  JSON.stringify({ ...EVENT, severity: 'high', occurredAt: '2026-06-30T12:00:00Z' }),
  JSON.stringify({ ...EVENT, kind: 'coffee.empty', occurredAt: '2026-06-30T12:00:00Z' }),
  JSON.stringify({ ...EVENT, occurredAt: 'yesterday' }),
];

/** A body that the platform must refuse with 400. */
export function drawMalformedBody(random: Random): string {
  return random.pick(MALFORMED);
}

/** A body that the platform must refuse with 413, and that would be fine if it were shorter. */
export function oversizedBody(): string {
  return JSON.stringify({ ...EVENT, occurredAt: '2026-06-30T12:00:00Z', message: 'x'.repeat(OVERSIZED_BYTES) });
}

/** Something that looks more or less like a token, but was never signed by the platform. */
export function drawBadToken(random: Random): string {
  if (random.chance(0.5)) return random.hex(40);
  const expired = { sub: '1', username: 'nobody', role: 'admin', exp: 1_000_000_000 };
  return [{ alg: 'HS256', typ: 'JWT' }, expired].map(encode).concat(random.hex(43)).join('.');
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
