import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SystemSeen } from '../diagnose/index.ts';
import { UserFault } from '../errors.ts';

const FILE = 'system.json';

const systemSeen = z.object({
  schema: z.literal('proving-ground/system'),
  version: z.literal(1),
  startedAt: z.string(),
  stepSeconds: z.number().positive(),
  texts: z.record(z.string(), z.string()),
  series: z.array(
    z.object({
      system: z.string(),
      kind: z.string(),
      metric: z.string(),
      labels: z.record(z.string(), z.string()),
      figure: z.enum(['value', 'rate', 'mean', 'p95']),
      unit: z.string(),
      values: z.array(z.number().nullable()),
    }),
  ),
});

/**
 * What a run saw of the system under test, from the `system.json` in its folder; undefined: nothing.
 *
 * @throws UserFault `run-shape`: a diagnosis without it would pretend that nobody had looked.
 */
export function readSystemSeen(folder: string): SystemSeen | undefined {
  const path = join(folder, FILE);
  if (!existsSync(path)) return undefined;
  try {
    return systemSeen.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new UserFault('run-shape', `${path} is not what a run of this version saw of the system`, {
      hint: 'Copy it again from where the run was made, or take it away: then only the requests are looked at.',
      cause,
    });
  }
}
