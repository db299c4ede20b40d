import { z } from 'zod';
import { machineFacts } from '../../record/index.ts';

/** The version of `gate.json`; a change that breaks readers raises it. */
export const GATE_VERSION = 1;

const target = z.object({
  kind: z.enum(['all requests', 'endpoint', 'journey', 'custom metric']),
  name: z.string(),
});

const metric = z.enum(['p50', 'p95', 'p99', 'mean', 'error rate', 'throughput']);
const side = z.enum(['baseline', 'candidate']);

const distribution = z.object({
  count: z.number(),
  p10: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  mean: z.number(),
});

const block = z.object({
  side,
  /** Number of its pair, from 0. */
  pair: z.number(),
  place: z.enum(['first', 'second']),
  seed: z.string(),
  /** Seconds that were measured. */
  durationSec: z.number(),
  health: z.object({
    /** p99 of how late requests were begun, milliseconds. */
    latenessP99Ms: z.number().exactOptional(),
    faults: z.array(z.string()),
  }),
  figures: z.array(
    z.object({
      target,
      requests: z.number(),
      errors: z.number(),
      /** From the moment it was due, milliseconds. */
      response: distribution.exactOptional(),
      /** From when work on it began. */
      service: distribution.exactOptional(),
    }),
  ),
});

const pair = z.object({ baseline: block, candidate: block });

/** null: open on this side, because so few pairs cannot say. */
const bounds = z.object({ low: z.number().nullable(), high: z.number().nullable() });

const answer = z.object({
  kind: z.enum(['regressed', 'improved', 'unchanged', 'inconclusive']),
  /** Of `inconclusive`: pairs that it would take beside those there are; absent: thousands. */
  morePairs: z.number().exactOptional(),
});

const row = z.object({
  target,
  metric,
  /** false: shown, and decides nothing. */
  isGating: z.boolean(),
  mustConclude: z.boolean(),
  worse: z.enum(['more', 'less']),
  /** A share (0.05 for 5 %); of error rates a difference. */
  margin: z.number(),
  pairs: z.number(),
  /** Medians of the blocks, in the unit of the metric. */
  baseline: z.number(),
  candidate: z.number(),
  /** A share, or a difference of error rates; so are the intervals. */
  change: z.number(),
  /** Of 95 %, for this line alone. */
  interval: bounds,
  /** For all lines together: what raises an alarm. */
  jointInterval: bounds,
  p: z.number(),
  jointP: z.number().exactOptional(),
  q: z.number(),
  /** null: so few pairs cannot say. */
  minimumDetectable: z.number().nullable(),
  answer,
});

const whyRefused = z.object({
  kind: z.enum(['too few values', 'only on one side', 'not answered', 'no ratio']),
  perBlock: z.number().exactOptional(),
  needed: z.number().exactOptional(),
  side: side.exactOptional(),
});

const culprit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('named'),
    culprits: z.array(
      z.object({
        target,
        shiftMs: z.number(),
        shiftRatio: z.number(),
        evidence: z.enum(['low quantile', 'mean service time']),
      }),
    ),
    delayed: z.array(target),
  }),
  z.object({ kind: z.literal('not determined'), slower: z.array(target) }),
  z.object({ kind: z.literal('errors'), failing: z.array(target) }),
]);

const spoiled = z.object({
  side,
  pair: z.number(),
  why: z.object({
    kind: z.enum(['late', 'not valid', 'not measured']),
    latenessP99Ms: z.number().exactOptional(),
    limitMs: z.number().exactOptional(),
    faults: z.array(z.string()).exactOptional(),
  }),
});

const subject = z.object({
  kind: z.enum(['url', 'command', 'ref']),
  /** As it was given. */
  spec: z.string(),
  /** Short, for tables. */
  label: z.string(),
  /** Of a ref. */
  commit: z.string().exactOptional(),
});

const marginRule = z.object({
  metric,
  target: target.exactOptional(),
  margin: z.number(),
  worse: z.enum(['more', 'less']).exactOptional(),
});

const gateRecord = z.object({
  schema: z.literal('proving-ground/gate'),
  version: z.literal(GATE_VERSION),
  test: z.object({ name: z.string(), file: z.string() }),
  startedAt: z.string(),
  endedAt: z.string(),
  seed: z.string(),
  /** What to type to get the same comparison again. */
  replay: z.string(),
  environment: machineFacts,
  baseline: subject,
  candidate: subject,
  /** All numbers that decide. */
  policy: z.object({
    margins: z.array(marginRule),
    gating: z.array(metric),
    gatingKinds: z.array(target.shape.kind),
    looks: z.array(z.number()),
    lookShape: z.enum(['pocock', "o'brien-fleming"]),
    alpha: z.number(),
    passLevel: z.number(),
    alarmShare: z.number(),
    maxLatenessP99Ms: z.number(),
    maxDroppedShare: z.number(),
    dropImbalance: z.number(),
  }),
  plan: z.object({
    blockSec: z.number(),
    warmUpSec: z.number(),
    looks: z.array(z.number()),
    minutes: z.number(),
  }),
  answer: z.enum(['regressed', 'improved', 'unchanged', 'inconclusive']),
  /** One sentence. */
  reason: z.string(),
  exitCode: z.number(),
  /** Only of `regressed`. */
  culprit: culprit.exactOptional(),
  health: z.object({
    /** Pairs that were run. */
    pairs: z.number(),
    kept: z.number(),
    dropped: z.number(),
    spoiled: z.array(spoiled),
  }),
  rows: z.array(row),
  /** What could not be judged, and why. */
  refused: z.array(z.object({ target, metric, isGating: z.boolean(), why: whyRefused })),
  /** Where margins stand in the test. */
  marginPositions: z.array(
    z.object({
      target: target.exactOptional(),
      metric,
      /** `file:line:column`. */
      position: z.string(),
    }),
  ),
  /** Everything that was measured: `proving-ground gate --rejudge` judges it again. */
  pairs: z.array(pair),
});

/** The content of `gate.json`. */
export type GateRecord = z.infer<typeof gateRecord>;
export type GateRow = GateRecord['rows'][number];

/**
 * Parses the content of a `gate.json`.
 *
 * @throws z.ZodError naming each place that does not fit.
 */
export function parseGateRecord(content: unknown): GateRecord {
  return gateRecord.parse(content);
}

/** The JSON Schema (2020-12) of `gate.json`. It allows keys that it does not know. */
export function gateJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(gateRecord, { io: 'input' }),
    title: 'A comparison of two versions by Proving Ground',
    description: 'gate.json in the folder of a gate: what was compared, all figures of all pairs, and the answer.',
  };
}
