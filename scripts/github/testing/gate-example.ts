/** A `gate.json` as the gate writes it, with whatever a test wants to be different. */
export function gateExample(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schema: 'proving-ground/gate',
    version: 1,
    test: { name: 'smoke.yml', file: 'artillery/smoke.yml' },
    startedAt: '2026-11-21T02:16:50.000Z',
    endedAt: '2026-11-21T02:26:50.000Z',
    seed: '658706',
    replay: 'npx proving-ground gate artillery/smoke.yml --seed 658706',
    environment: {},
    baseline: { kind: 'ref', spec: 'ref:aaa', label: 'aaa1111' },
    candidate: { kind: 'ref', spec: 'ref:bbb', label: 'bbb2222' },
    policy: { maxDroppedShare: 0.4 },
    plan: { blockSec: 10, warmUpSec: 3, looks: [12, 18, 24], minutes: 10 },
    answer: 'unchanged',
    reason: 'a slow-down of the margins is ruled out',
    exitCode: 0,
    health: { pairs: 12, kept: 12, dropped: 0, spoiled: [] },
    rows: [rowExample()],
    refused: [],
    marginPositions: [{ metric: 'p95', position: 'artillery/smoke.yml:52:5' }],
    pairs: [],
    ...change,
  };
}

/** One line of the comparison. */
export function rowExample(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    target: { kind: 'endpoint', name: 'Search' },
    metric: 'p95',
    isGating: true,
    mustConclude: true,
    worse: 'more',
    margin: 0.1,
    pairs: 12,
    baseline: 30,
    candidate: 30.3,
    change: 0.01,
    interval: { low: -0.02, high: 0.04 },
    jointInterval: { low: null, high: null },
    p: 0.4,
    q: 0.5,
    minimumDetectable: 0.05,
    answer: { kind: 'unchanged' },
    ...change,
  };
}

/** A gate that found one endpoint slower. */
export function regressedExample(name = 'Search'): Record<string, unknown> {
  const target = { kind: 'endpoint', name };
  return gateExample({
    answer: 'regressed',
    reason: `p95 of "${name}" is 24 % slower`,
    exitCode: 3,
    culprit: {
      kind: 'named',
      culprits: [{ target, shiftMs: 6, shiftRatio: 0.2, evidence: 'low quantile' }],
      delayed: [],
    },
    rows: [
      rowExample(),
      rowExample({ target, change: 0.24, interval: { low: 0.18, high: 0.31 }, answer: { kind: 'regressed' } }),
    ],
    marginPositions: [
      { metric: 'p95', position: 'artillery/smoke.yml:52:5' },
      { target, metric: 'p95', position: 'artillery/smoke.yml:60:11' },
    ],
  });
}

/** A gate that could not decide. */
export function inconclusiveExample(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return gateExample({
    answer: 'inconclusive',
    reason: 'the intervals are too wide; 12 more pairs would tell',
    exitCode: 5,
    rows: [rowExample({ interval: { low: -0.1, high: 0.2 }, answer: { kind: 'inconclusive', morePairs: 12 } })],
    ...change,
  });
}
