import { buildCapacityRecord, type CapacityDetails, type CapacityEnd } from '../build-capacity-record.ts';
import type { CapacityRecord, CapacityTrial } from '../capacity-record.ts';
import { parseObjective } from '../objective.ts';

const UNTIL = 'p95 of "Search" < 300 ms and error rate < 1 %';

/** A trial of a system that takes 100 users a second. */
export function exampleTrial(number: number, ratePerSec: number, changes: Partial<CapacityTrial> = {}): CapacityTrial {
  const isSustained = ratePerSec < 100;
  const slowMs = isSustained ? 20 : 700;
  return {
    ...{ number, kind: 'search', ratePerSec, holdSec: 7 },
    result: isSustained ? 'sustained' : 'broken',
    reasons: isSustained ? [] : ['p95 of "Search" < 300 ms does not hold', 'requests in flight pile up'],
    achievedPerSec: Math.min(100, ratePerSec),
    ...{ requestsDuePerSec: 3 * ratePerSec, requestsDonePerSec: 3 * Math.min(100, ratePerSec), inFlight: 4 },
    clauses: [
      { clause: 'p95 of "Search" < 300 ms', observed: slowMs, upper: slowMs + 20, limit: 300 },
      { clause: 'error rate < 1 %', observed: 0, upper: 0.4, limit: 1 },
    ],
    endpoints: [
      { name: 'Search', requests: 700, errors: 0, p95Ms: slowMs, totalMs: 700 * slowMs },
      { name: 'Sign in', requests: 300, errors: 0, p95Ms: 30, totalMs: 300 * 30 },
    ],
    ...changes,
  };
}

/** A search on that system. @param end replaces how it ended. @param changes replace whole details. */
export function exampleCapacity(
  end: CapacityEnd = { kind: 'found', estimate: { perSec: 99.6, lowPerSec: 97.1, highPerSec: 102.3 } },
  changes: Partial<CapacityDetails> = {},
): CapacityRecord {
  return buildCapacityRecord(end, parseObjective(UNTIL), {
    test: { name: 'peak.yml', file: 'artillery/peak.yml' },
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:06:00.000Z',
    seed: '42',
    replay: "npx proving-ground capacity artillery/peak.yml --until 'p95 < 1 s'",
    environment: { node: 'v24', platform: 'linux x64', cpus: 2, cpuModel: 'x', memoryBytes: 1 },
    system: { kind: 'command', spec: 'node server.js', label: 'node server.js' },
    plan: { minutes: 6, warmUpSec: 3, holdSec: 7, confirmSec: 16 },
    range: { fromPerSec: 45, toPerSec: 166 },
    trials: [
      ...[50, 80, 94, 97, 98.5].map((rate, index) => exampleTrial(index + 1, rate)),
      ...[101, 104, 110, 130].map((rate, index) => exampleTrial(index + 6, rate)),
      exampleTrial(10, 95, { kind: 'below', holdSec: 16 }),
      exampleTrial(11, 105, { kind: 'above', holdSec: 16 }),
    ],
    confirmation: { belowPerSec: 95, abovePerSec: 105, isConfirmed: true },
    recovery: { ratePerSec: 52, afterSec: 2, watchedSec: 8 },
    limitedBy: {
      ...{ answer: 'bottleneck', cause: 'pool too small', text: 'Search waits for a connection', todo: 'Enlarge it' },
      certainty: 'likely',
    },
    ...changes,
  });
}
