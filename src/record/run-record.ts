import { z } from 'zod';
import { errorExample } from './error-example-record.ts';
import { generatorSecond, machineSecond, validity } from './generator-record.ts';
import { machineFacts } from './machine-facts.ts';
import { answerRecord } from './question-record.ts';
import { samplesRecord } from './request-record.ts';
import { systemSummary } from './system/system-record.ts';

/**
 * The version of `run.json`. A reader refuses a version it does not know; a change that breaks readers raises it. 2: samples,
 * and the outcome `not valid`. Runs of version 1 are read as runs without samples.
 */
export const RUN_VERSION = 2;

const READABLE_VERSIONS = [1, RUN_VERSION] as const;

const counters = z.record(z.string(), z.number());

const summary = z.object({
  count: z.number(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p999: z.number(),
});

const metrics = z.object({
  /** Numbers of events. */
  counters,
  /** Events per second of the span. */
  rates: counters,
  /** In the unit of the metric: milliseconds unless its name says otherwise. */
  summaries: z.record(z.string(), summary),
  /** Name → base64 of a DDSketch protocol buffer, 1 % relative error; sketches of several spans can be merged. */
  histograms: z.record(z.string(), z.string()),
});

const phase = z.object({
  index: z.number(),
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Absent: the run ended inside the phase. */
  endedAt: z.string().optional(),
  /** The phase as the test says it. */
  plan: z.record(z.string(), z.unknown()),
  /** Virtual users that the plan starts in it. */
  plannedUsers: z.number(),
  /** What was measured until the next phase began, to the second. */
  metrics,
});

const window = metrics.omit({ summaries: true }).extend({
  startedAt: z.string(),
  durationMs: z.number(),
  firstAt: z.string().optional(),
  lastAt: z.string().optional(),
});

const term = z.object({
  /** What is compared, in the words of the rule. */
  subject: z.string(),
  operator: z.string(),
  /** Absent: there was no data. */
  observed: z.number().optional(),
  limit: z.number().optional(),
  /** Of both; absent where it follows from the metric's name, or is none. */
  unit: z.string().optional(),
  /**
   * `samples`: exact, times from due to the last byte. `metrics`: counters and histograms with Artillery's definitions,
   * quantiles within 1 %. Absent in runs of version 1.
   */
  source: z.enum(['samples', 'metrics']).optional(),
  holds: z.boolean(),
});

const ruleResult = z.object({
  /** The rule as it is written in the test. */
  rule: z.string(),
  /** `file:line:column`, where known. */
  position: z.string().optional(),
  /** A rule that is not strict is shown and does not change the verdict. */
  strict: z.boolean(),
  outcome: z.enum(['passed', 'failed', 'no data']),
  terms: z.array(term),
});

const verdict = z.object({
  outcome: z.enum(['passed', 'failed', 'not valid', 'inconclusive']),
  /** The one sentence that says why. */
  reason: z.string(),
  exitCode: z.number(),
  /** Anything but a rule that kept the run from passing. */
  faults: z.array(z.string()),
  rules: z.array(ruleResult),
});

const ending = z.object({
  /** Only `completed` means that all that was planned was done. */
  how: z.enum(['completed', 'interrupted', 'stopped early', 'crashed']),
  /** What went wrong outside the load itself: a plugin that failed, a platform that died. */
  faults: z.array(z.string()),
  /** The exit code that a signal, Artillery or another plugin asked for; 0: none. */
  suggestedExitCode: z.number(),
  /** The sentence that stopped the run, if one did. */
  stoppedBy: z.string().optional(),
});

const runRecord = z.object({
  schema: z.literal('proving-ground/run'),
  version: z.literal(READABLE_VERSIONS),
  test: z.object({
    name: z.string(),
    file: z.string(),
    target: z.string().optional(),
    environment: z.string().optional(),
    /** Of the journeys as they were run, includes put in, with `before` and `after`: changes when one of them is edited. */
    journeysHash: z.string().optional(),
  }),
  startedAt: z.string(),
  endedAt: z.string(),
  ending,
  /** What to type to get the same run again. */
  replay: z.string(),
  seed: z.string(),
  environment: machineFacts.extend({ artillery: z.string() }),
  /** Where the run had to share the time with another one: its turns, milliseconds, and the rest after each; then come those of the other. */
  turns: z.object({ turnMs: z.number(), restMs: z.number() }).optional(),
  /** The effective configuration, with secrets redacted. */
  configuration: z.record(z.string(), z.unknown()),
  /** The fewest requests that the plan expects of each user; absent where it could not be foretold. */
  plannedRequestsPerUser: z.number().optional(),
  phases: z.array(phase),
  metrics: metrics.extend({
    /** What other plugins computed from the whole run, such as `apdex`. */
    extra: counters,
  }),
  windows: z.array(window),
  /** What the run says to the question of its test; absent where the test asks none. */
  answer: answerRecord.optional(),
  /** Absent where the engine gives no samples: Artillery's own. */
  samples: samplesRecord.optional(),
  /** Every worker, second by second; absent in a run whose generator was not looked at. */
  generator: z.array(generatorSecond).optional(),
  /** The machine that the workers ran on, second by second. */
  machine: z.array(machineSecond).optional(),
  /** What was watched of the system under test; absent where nothing was. */
  system: systemSummary.optional(),
  validity: validity.optional(),
  /** The first few of each kind in the order of time, at most 60; absent in a run of a version before there were any. */
  errorExamples: z.array(errorExample).optional(),
  verdict,
});

/** The content of `run.json`: everything that is known about one run. Times are ISO 8601 in UTC. */
export type RunRecord = z.infer<typeof runRecord>;
export type RunEnding = z.infer<typeof ending>;
export type VerdictRecord = z.infer<typeof verdict>;
export type RuleResult = z.infer<typeof ruleResult>;
export type RuleTerm = z.infer<typeof term>;

/**
 * Parses the content of a `run.json`.
 *
 * @throws z.ZodError naming each place that does not fit.
 */
export function parseRunRecord(content: unknown): RunRecord {
  return runRecord.parse(content);
}

/**
 * The JSON Schema (2020-12) of `run.json`, for whoever reads runs with other tools. It allows keys that it does not know:
 * a new one does not raise the version.
 */
export function runJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(runRecord, { io: 'input' }),
    title: 'A run of Proving Ground',
    description: 'run.json in the folder of a run: what was tested, everything that was measured, and the verdict.',
  };
}
