import { z } from 'zod';

/** The version of `system.json`; a reader refuses another. */
export const SYSTEM_VERSION = 1;

/** What was looked at. */
export const systemSource = z.object({
  /** What the test calls the system that it belongs to. */
  system: z.string(),
  kind: z.enum(['prometheus', 'postgres', 'redis', 'process', 'server-timing']),
  /** Address, process or the like; never a password. */
  where: z.string(),
  /** Looks that were answered, and that were not. */
  looks: z.number(),
  missed: z.number(),
  /** From the question to the answer, mean; absent: nothing was answered. */
  lookMs: z.number().optional(),
  /** Why there is nothing, or less than was asked for. */
  warning: z.string().optional(),
});

/** What is known of the system under test, in `run.json`. The series are in a file of their own. */
export const systemSummary = z.object({
  /** Name of the file in the folder of the run. */
  file: z.string(),
  seriesCount: z.number(),
  sources: z.array(systemSource),
});

const series = z.object({
  system: z.string(),
  kind: systemSource.shape.kind,
  metric: z.string(),
  labels: z.record(z.string(), z.string()),
  /** value: as it was told. rate: growth per second. mean: growth of one counter by that of another. p95: to within a bucket. */
  figure: z.enum(['value', 'rate', 'mean', 'p95']),
  /** `s`, `bytes`, `%`, `1/s`; '' for a plain number. */
  unit: z.string(),
  /** What it says about what, where that is known: utilisation, saturation and errors of resources, and requests. */
  resource: z.string().optional(),
  aspect: z.string().optional(),
  /** One for each step; null: not known. The last ones may be missing. */
  values: z.array(z.number().nullable()),
});

const systemRecord = z.object({
  schema: z.literal('proving-ground/system'),
  version: z.literal(SYSTEM_VERSION),
  /** When the first phase began, ISO 8601; the first value is about the step that begins here. */
  startedAt: z.string(),
  /** Length of a step, whole seconds: 1, and more in runs that are longer than two hours. */
  stepSeconds: z.number(),
  sources: z.array(systemSource),
  /** Texts that stand behind a label, such as the SQL of a statement, by the label's value. */
  texts: z.record(z.string(), z.string()),
  series: z.array(series),
});

/** The content of `system.json`: what was seen of the system under test, second by second. */
export type SystemRecord = z.infer<typeof systemRecord>;
export type SystemSeries = z.infer<typeof series>;
export type SystemSource = z.infer<typeof systemSource>;
export type SystemSummary = z.infer<typeof systemSummary>;

/**
 * Parses the content of a `system.json`.
 *
 * @throws z.ZodError naming each place that does not fit.
 */
export function parseSystemRecord(content: unknown): SystemRecord {
  return systemRecord.parse(content);
}

/** The JSON Schema (2020-12) of `system.json`. It allows keys that it does not know. */
export function systemJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(systemRecord, { io: 'input' }),
    title: 'What a run of Proving Ground saw of the system under test',
    description: 'system.json in the folder of a run: series with one value for each second.',
  };
}
