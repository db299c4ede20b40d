import { z } from 'zod';
import { machineFacts } from '../../record/index.ts';

/** The version of `capacity.json`; a change that breaks readers raises it. */
export const CAPACITY_VERSION = 1;

const clauseValue = z.object({
  clause: z.string(),
  /** Milliseconds, or per cent of the error rate; absent: no requests. */
  observed: z.number().exactOptional(),
  /** The upper end of its one-sided interval of 95 %; absent: too few requests. */
  upper: z.number().exactOptional(),
  limit: z.number(),
});

const endpoint = z.object({
  name: z.string(),
  requests: z.number(),
  errors: z.number(),
  p95Ms: z.number().exactOptional(),
  totalMs: z.number(),
});

const estimate = z.object({
  /** New users per second. */
  perSec: z.number(),
  /** Of its interval of 95 %. */
  lowPerSec: z.number(),
  highPerSec: z.number(),
});

const trial = z.object({
  /** From 1, in the order in which they were made. */
  number: z.number(),
  /** `below` and `above` are the longer holds that confirm the answer. */
  kind: z.enum(['search', 'below', 'above']),
  ratePerSec: z.number(),
  holdSec: z.number(),
  result: z.enum(['sustained', 'broken', 'void']),
  /** Why it was broken, or counts for nothing. */
  reasons: z.array(z.string()),
  /** New users per second whose requests were done: the rate times the share of requests that were done in the time. */
  achievedPerSec: z.number(),
  requestsDuePerSec: z.number(),
  requestsDonePerSec: z.number(),
  /** Mean number of requests under way. */
  inFlight: z.number(),
  /** p99 of how late the generator began requests. */
  latenessP99Ms: z.number().exactOptional(),
  clauses: z.array(clauseValue),
  endpoints: z.array(endpoint),
  /** What was known after the batch that it was part of. */
  estimate: estimate.exactOptional(),
});

const capacityRecord = z.object({
  schema: z.literal('proving-ground/capacity'),
  version: z.literal(CAPACITY_VERSION),
  test: z.object({ name: z.string(), file: z.string() }),
  startedAt: z.string(),
  endedAt: z.string(),
  seed: z.string(),
  /** What to type to get the same search again. */
  replay: z.string(),
  environment: machineFacts,
  system: z.object({ kind: z.enum(['url', 'command', 'ref']), spec: z.string(), label: z.string() }),
  /** The clauses of `--until`. */
  objective: z.array(z.string()),
  plan: z.object({
    minutes: z.number(),
    warmUpSec: z.number(),
    holdSec: z.number(),
    confirmSec: z.number(),
  }),
  /** Between which rates was looked; absent: the probe did not come so far. */
  range: z.object({ fromPerSec: z.number(), toPerSec: z.number() }).exactOptional(),
  answer: z.enum(['found', 'not valid', 'inconclusive']),
  /** One sentence. */
  reason: z.string(),
  exitCode: z.number(),
  estimate: estimate.exactOptional(),
  /** What gave way first, just above the estimate. */
  broke: z
    .object({
      what: z.string(),
      endpoint: z.string().exactOptional(),
      /** Of how many trials. */
      times: z.number(),
      trials: z.number(),
    })
    .exactOptional(),
  /** What limits the system, by the diagnosis of the requests and of what was seen of it. */
  limitedBy: z
    .object({
      answer: z.enum(['no data', 'generator', 'no bottleneck', 'bottleneck', 'not determined']),
      text: z.string(),
      cause: z.string().exactOptional(),
      todo: z.string().exactOptional(),
      certainty: z.enum(['sure', 'likely', 'possible']).exactOptional(),
    })
    .exactOptional(),
  /** The longer holds below and above. */
  confirmation: z
    .object({
      belowPerSec: z.number(),
      abovePerSec: z.number(),
      isConfirmed: z.boolean(),
    })
    .exactOptional(),
  /** At half of the estimate, right after it was overloaded. */
  recovery: z
    .object({
      ratePerSec: z.number(),
      /** Seconds until every clause held again, and went on to; absent: not within the time. */
      afterSec: z.number().exactOptional(),
      watchedSec: z.number(),
    })
    .exactOptional(),
  trials: z.array(trial),
});

/** The content of `capacity.json`. */
export type CapacityRecord = z.infer<typeof capacityRecord>;
export type CapacityTrial = CapacityRecord['trials'][number];

/** The JSON Schema (2020-12) of `capacity.json`. It allows keys that it does not know. */
export function capacityJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(capacityRecord, { io: 'input' }),
    title: 'A search for the capacity of a system by Proving Ground',
    description:
      'capacity.json in the folder of a search: every rate that was tried, and the highest that is sustained.',
  };
}

/**
 * Parses the content of a `capacity.json`.
 *
 * @throws z.ZodError naming each place that does not fit.
 */
export function parseCapacityRecord(content: unknown): CapacityRecord {
  return capacityRecord.parse(content);
}
