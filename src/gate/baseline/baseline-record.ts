import { z } from 'zod';

/** The version of a baseline file; a change that breaks readers raises it. */
const BASELINE_VERSION = 1;

/** Marks a file as a baseline. */
export const BASELINE_SCHEMA = 'proving-ground/baseline';

const count = z.int().min(0);

/** One figure of one target. Absent in a target: too few values, or not measured. */
const figure = z.object({
  /** Geometric mean of the runs: milliseconds, the unit of a custom metric, or per second. */
  value: z.number().positive(),
  /** Standard error within one run, as a share of the value; absent: not known. */
  within: z.number().min(0).exactOptional(),
  /** Standard deviation from run to run, as a share of the value; absent for one run. */
  between: z.number().min(0).exactOptional(),
  /** The value of each run, in their order; absent for one run. */
  runs: z.array(z.number().positive()).exactOptional(),
});

const target = z.object({
  kind: z.enum(['all requests', 'endpoint', 'journey', 'custom metric']),
  name: z.string(),
  /** Of each run: requests, or values of a custom metric. */
  requests: z.array(count).min(1),
  /** Of each run: requests without an answer or with a 5xx answer. */
  errors: z.array(count).min(1),
  p50: figure.exactOptional(),
  p95: figure.exactOptional(),
  p99: figure.exactOptional(),
  mean: figure.exactOptional(),
  throughput: figure.exactOptional(),
});

const identity = z.object({
  test: z.string(),
  /** Of journeys, variables, HTTP settings and names of data files. */
  testHash: z.string(),
  mix: z.string(),
  load: z.string(),
  engine: z.string(),
  seedPolicy: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fixed'), seed: z.string() }),
    z.object({ kind: z.literal('random') }),
  ]),
  machine: z.object({ processor: z.string(), cores: z.number(), memoryMb: z.number(), system: z.string() }),
  runtime: z.string(),
  validity: z.enum(['valid', 'not valid']).exactOptional(),
});

const baselineRecord = z
  .object({
    schema: z.literal(BASELINE_SCHEMA),
    version: z.literal(BASELINE_VERSION),
    test: z.object({ name: z.string(), file: z.string(), environment: z.string().exactOptional() }),
    /** What another run has to have in common with these to be compared. */
    identity,
    /** In the order of time. */
    runs: z
      .array(
        z.object({
          name: z.string(),
          startedAt: z.string(),
          seed: z.string(),
          commit: z.string().exactOptional(),
          artillery: z.string(),
        }),
      )
      .min(1),
    /** Left out at the beginning of every run, seconds. */
    warmUpSec: z.number().min(0),
    /** What `proving-ground plan` learns from: of all runs together. */
    users: z.object({
      /** Mean time that users stayed who came to the end, milliseconds; absent: nobody did. */
      sessionMs: z.number().exactOptional(),
      /** Users that were started, by the metric name of their journey. */
      started: z.record(z.string(), count),
      /** Requests by endpoint. */
      requests: z.record(z.string(), count),
    }),
    /** By kind, then by name. */
    targets: z.array(target),
  })
  .refine(({ runs, targets }) => targets.every((each) => fits(each, runs.length)), {
    error: 'every target must have as many values as there are runs',
    path: ['targets'],
  });

function fits({ requests, errors, ...figures }: z.infer<typeof target>, runs: number): boolean {
  const lists = [figures.p50, figures.p95, figures.p99, figures.mean, figures.throughput].flatMap((each) =>
    each === undefined ? [] : [each.runs ?? [each.value]],
  );
  return [requests, errors, ...lists].every(({ length }) => length === runs);
}

/** The content of `reports/baselines/<test>.json`. */
export type BaselineRecord = z.infer<typeof baselineRecord>;
export type BaselineTarget = BaselineRecord['targets'][number];
export type BaselineFigure = z.infer<typeof figure>;

/**
 * Parses the content of a baseline file.
 *
 * @throws z.ZodError naming each place that does not fit.
 */
export function parseBaseline(content: unknown): BaselineRecord {
  return baselineRecord.parse(content);
}

/** The JSON Schema (2020-12) of a baseline file. It allows keys that it does not know. */
export function baselineJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(baselineRecord, { io: 'input' }),
    title: 'A baseline of Proving Ground',
    description:
      'reports/baselines/<test>.json: figures of runs that somebody reviewed, for others to be compared with.',
  };
}
