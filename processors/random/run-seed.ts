import { createHash } from 'node:crypto';

/**
 * The seed of the run: `SEED` where it is set, which the verdict plugin does for all workers before they start. Without
 * it a seed made from Artillery's test run id, which is random, but the same in all workers.
 *
 * @param chosen the environment variable `SEED`; empty counts as not set.
 * @param testRunId `$testId` among the variables of a virtual user.
 */
export function seedOfRun(chosen: string | undefined, testRunId: unknown): string {
  if (chosen !== undefined && chosen !== '') return chosen;
  return createHash('sha256').update(String(testRunId)).digest('hex').slice(0, 8);
}

/** What to tell about a seed that nobody chose; undefined when somebody chose it. */
export function seedNotice(chosen: string | undefined, seed: string): string | undefined {
  return seed === chosen ? undefined : `Seed ${seed} (the same data again: SEED=${seed} in front of the command)`;
}
