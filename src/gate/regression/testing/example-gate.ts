import { buildGateRecord, type GateDetails } from '../build-gate-record.ts';
import type { GateRecord } from '../gate-record.ts';
import { judgeGate } from '../judge-gate.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import { type MadePairs, madePairs } from './pairs.ts';

/** A comparison of made-up pairs, complete. */
export function exampleGate(made: MadePairs, details: Partial<GateDetails> = {}): GateRecord {
  const pairs = madePairs(made);
  const step = judgeGate({ pairs, policy: DEFAULT_POLICY, seed: 'example', isOutOfTime: true });
  return buildGateRecord(step, {
    test: { name: 'gate.yml', file: 'artillery/gate.yml' },
    startedAt: '2026-11-27T09:00:00.000Z',
    endedAt: '2026-11-27T09:08:20.000Z',
    seed: '7',
    replay: 'npx proving-ground gate artillery/gate.yml --baseline ref:main --candidate ref:HEAD --seed 7',
    environment: {
      node: 'v24.21.0',
      platform: 'linux x64',
      cpus: 2,
      cpuModel: 'AMD EPYC',
      memoryBytes: 24e9,
    },
    baseline: { kind: 'ref', spec: 'main', label: 'main (0123abcd)', commit: '0123abcd' },
    candidate: { kind: 'ref', spec: 'HEAD', label: 'HEAD (4567cdef)', commit: '4567cdef' },
    plan: { blockSec: 10, warmUpSec: 3, looks: [...DEFAULT_POLICY.looks], minutes: 10 },
    marginPositions: [],
    pairs: JSON.parse(JSON.stringify(pairs)) as GateDetails['pairs'],
    policy: DEFAULT_POLICY,
    ...details,
  });
}
