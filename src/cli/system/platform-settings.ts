import { type EffectiveTest, valueAt } from '../../workload/plan/index.ts';

/**
 * The settings that a test wants of the reference platform, for whoever starts one in place of the plugin: a platform that had others would answer
 * another question. None for a test of something else; `check` refuses what is not one.
 */
export function platformSettings({ config }: EffectiveTest): Readonly<Record<string, string>> {
  const env = valueAt(config, 'plugins.reference-platform.env');
  if (typeof env !== 'object' || env === null) return {};
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}
