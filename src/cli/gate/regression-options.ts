import type { z } from 'zod';
import { UserFault } from '../../errors.ts';
import { type EffectiveTest, valueAt } from '../../workload/plan/index.ts';
import { regressionSection } from '../../workload/schema/plugin-options.ts';

/** `config.plugins.verdict.regression`. */
export type RegressionOptions = z.infer<typeof regressionSection>;

/** Reads the options of the gate. @throws UserFault `plugin-options`. */
export function regressionOptions({ config, locate }: EffectiveTest): RegressionOptions {
  const parsed = regressionSection.safeParse(valueAt(config, 'plugins.verdict.regression') ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  const whole = ['plugins', 'verdict', 'regression', ...path];
  throw new UserFault('plugin-options', `config.${whole.join('.')}: ${issue?.message ?? 'is not understood'}`, {
    position: locate(whole) ?? locate(['plugins', 'verdict', 'regression']),
    hint: 'docs/gate.md lists what it may hold; "npx proving-ground check" shows all that is wrong.',
  });
}
