import type { RuleResult, RunRecord } from '../../record/index.ts';
import { encodeSketch, sketchOf } from '../../stats/index.ts';

const FIGURES = {
  count: 300,
  min: 2,
  max: 905,
  mean: 40,
  p50: 31.4,
  p75: 50,
  p90: 90,
  p95: 212.34,
  p99: 640,
  p999: 900,
};

/** The metric of the times of the endpoint "Search". */
export const SEARCH = 'plugins.metrics-by-endpoint.response_time.Search';

/** A rule of a test and what became of it. */
export function exampleRule(
  text: string,
  outcome: RuleResult['outcome'],
  terms: RuleResult['terms'],
  strict = true,
): RuleResult {
  return { rule: text, strict, outcome, terms };
}

const RULES: RuleResult[] = [
  exampleRule('http.codes.500 == 0', 'passed', [
    { subject: 'http.codes.500', operator: '==', observed: 0, limit: 0, holds: true },
  ]),
  exampleRule(`${SEARCH}.p95 < 200`, 'failed', [
    { subject: `${SEARCH}.p95`, operator: '<', observed: 212.34, limit: 200, holds: false },
  ]),
  exampleRule(
    'search.hits.mean > 3',
    'no data',
    [{ subject: 'search.hits.mean', operator: '>', limit: 3, holds: false }],
    false,
  ),
  exampleRule('a < 1 and b > 2', 'passed', [
    { subject: 'a', operator: '<', observed: 0.5, limit: 1, holds: true },
    { subject: 'b', operator: '>', observed: 3, limit: 2, holds: true },
  ]),
];

/** A run of three minutes that breaks one of its rules, made up by hand. @param changes replace whole fields. */
export function exampleRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schema: 'proving-ground/run',
    version: 2,
    test: { name: 'peak.yml', file: 'artillery/peak.yml' },
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:03:02.000Z',
    ending: { how: 'completed', faults: [], suggestedExitCode: 0 },
    replay: 'SEED=42 npx artillery run artillery/peak.yml',
    seed: '42',
    environment: { artillery: '2.0.34', node: 'v24', platform: 'linux x64', cpus: 2, cpuModel: 'x', memoryBytes: 1 },
    configuration: {},
    phases: [],
    metrics: {
      counters: {
        'vusers.created': 312,
        'http.requests': 5432,
        'plugins.metrics-by-endpoint.Search.codes.200': 290,
        'plugins.metrics-by-endpoint.Search.codes.429': 8,
        'plugins.metrics-by-endpoint.Search.codes.503': 2,
        'plugins.metrics-by-endpoint.Sign in.codes.200': 312,
        'plugins.metrics-by-endpoint.Sign in.errors.ETIMEDOUT': 3,
        'errors.ETIMEDOUT': 3,
      },
      rates: {},
      summaries: { [SEARCH]: FIGURES, 'plugins.metrics-by-endpoint.response_time.Sign in': { ...FIGURES, p95: 88 } },
      histograms: {},
      extra: {},
    },
    errorExamples: [
      {
        ...{ kind: 'ETIMEDOUT', endpoint: 'Sign in', journey: 'Triage', at: '2026-01-01T00:01:00.500Z' },
        ...{ afterMs: 10_000, said: "Timeout awaiting 'response' for 10000ms", saidBy: 'client' },
      },
    ],
    windows: [100, 200, 400].map((requests, index) => exampleWindow(requests, index)),
    verdict: {
      outcome: 'failed',
      reason: `${SEARCH}.p95 < 200 is broken: observed 212.3`,
      exitCode: 1,
      faults: [],
      rules: RULES,
    },
    ...changes,
  };
}

function exampleWindow(requests: number, index: number): RunRecord['windows'][number] {
  return {
    startedAt: new Date(Date.UTC(2026, 0, 1) + index * 10_000).toISOString(),
    durationMs: 10_000,
    counters: { 'http.requests': requests },
    rates: {},
    histograms: { 'http.response_time': encodeSketch(sketchOf([requests])) },
  };
}
