import { type Position, UserFault } from 'proving-ground/errors.ts';
import { capacitySection, questionSection, regressionSection } from 'proving-ground/workload/schema/plugin-options.ts';
import { z } from 'zod';
import { monitorShape } from './monitor/options.ts';

/** What can be shown while a run goes on; `live` becomes `plain` where nobody looks. */
export const OUTPUTS = ['live', 'plain', 'artillery'] as const;

const shape = z.strictObject({
  /** Folder below which each run gets its own; relative to the working directory. */
  reports: z.string().min(1).default('reports'),
  /** Sentences such as `p95 of "Search" < 300 ms`; docs/thresholds.md. */
  thresholds: z.array(z.string()).default([]),
  /** When the generator is the bottleneck; docs/validity.md. */
  validity: z
    .strictObject({
      /** Milliseconds. */
      maxSendLag: z.number().min(1).optional(),
      /** false: judged and shown, without changing the verdict. */
      enforce: z.boolean().default(true),
    })
    .prefault({}),
  /** What is looked at beside the requests; docs/monitor.md. */
  monitor: monitorShape,
  /** What is shown while the run goes on; docs/terminal.md. */
  output: z.enum(OUTPUTS).default('live'),
  /** Names of variables, CSV columns and variables of the shell whose values no output may show; docs/secrets.md. */
  secrets: z.array(z.string().min(1)).default([]),
  /** Compared with at the end of a run, relative to the working directory; advisory; docs/compare.md. */
  baseline: z.string().min(1).optional(),
  /** For `proving-ground gate`, which reads it itself; docs/gate.md. */
  regression: regressionSection.optional(),
  /** What the test asks, and how that is answered; docs/plugin-verdict.md. */
  question: questionSection.optional(),
  /** For `proving-ground capacity`; docs/capacity.md. */
  capacity: capacitySection.optional(),
  /** What Artillery itself reads of every plugin. */
  suppressOutput: z.boolean().optional(),
  scope: z.string().optional(),
});

/** `config.plugins.verdict`. */
export type Options = z.infer<typeof shape>;

/**
 * Reads the options of the plugin; `verdict:` with nothing after it means all defaults.
 *
 * @throws UserFault `plugin-options`.
 */
export function parseOptions(value: unknown, position: Position | undefined): Options {
  const parsed = shape.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = ['config', 'plugins', 'verdict', ...(issue?.path ?? [])].join('.');
  throw new UserFault('plugin-options', `${place}: ${issue?.message ?? 'is not understood'}`, {
    position,
    hint: `Allowed are ${Object.keys(shape.shape).join(', ')}.`,
  });
}
