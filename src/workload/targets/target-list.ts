import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { UserFault } from '../../errors.ts';
import { readTestFile } from '../test-file.ts';

/** A host that may be loaded, beside this machine itself. */
export interface Target {
  readonly name: string;
  /** `host`, `host:port` or with `*` for one label of the host: `*.staging.example.com`. */
  readonly address: string;
  /** Loading it needs the host's name in CONFIRM_PRODUCTION. */
  readonly production: boolean;
  /** New virtual users per second, at most; undefined: no limit. */
  readonly maxArrivalRate: number | undefined;
}

/** The hosts of `targets.yml`, and where they are listed. */
export interface TargetList {
  /** As the user would type it; the file need not exist. */
  readonly file: string;
  readonly targets: readonly Target[];
}

const FILE = 'targets.yml';

const shape = z.strictObject({
  targets: z.array(
    z.strictObject({
      name: z.string().min(1),
      address: z.string().regex(/^[\w.*[\]:-]+$/, 'must be a host or host:port, without http://'),
      production: z.boolean(),
      maxArrivalRate: z.number().positive().optional(),
    }),
  ),
});

/**
 * Reads `targets.yml` beside a test, or in `artillery/` below the working directory. Without the file only this machine may
 * be loaded.
 *
 * @throws UserFault `targets-shape`, `test-file-syntax`.
 */
export function readTargets(testFile: string): TargetList {
  const candidates = [join(dirname(resolve(testFile)), FILE), resolve('artillery', FILE)];
  const found = candidates.find((candidate) => existsSync(candidate));
  const file = relative(process.cwd(), found ?? candidates[0] ?? FILE);
  if (found === undefined) return { file, targets: [] };
  const yaml = readTestFile(file);
  const parsed = shape.safeParse(yaml.content);
  if (parsed.success) return { file, targets: parsed.data.targets.map(withLimit) };
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  throw new UserFault('targets-shape', `${path.join('.') || 'the file'}: ${issue?.message ?? 'is not understood'}`, {
    position: yaml.position(path) ?? yaml.position(path.slice(0, -1)) ?? { file, line: 1, column: 1 },
    hint: 'Each target has name, address (host or host:port), production (true or false) and, if wanted, maxArrivalRate.',
  });
}

function withLimit({ maxArrivalRate, ...target }: z.infer<typeof shape>['targets'][number]): Target {
  return { ...target, maxArrivalRate };
}
