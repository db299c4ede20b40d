import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { UserFault } from '../../errors.ts';
import { atValue, type Finding, type RuleFacts, textAt } from '../../workload/check/index.ts';
import { readBaseline } from '../baseline-file.ts';

/** What is wrong with the baseline that a test names: without this it would be noticed only after the run. */
export function checkBaseline({ config }: RuleFacts): Finding[] {
  const cursor = config.at('plugins', 'verdict', 'baseline');
  const path = textAt(cursor);
  if (path === undefined || path === '' || path.includes('{{')) return [];
  if (!existsSync(path)) {
    const hint = 'The path is relative to the folder you are in. npx proving-ground baseline <run...> makes one.';
    return [atValue('baseline-missing', cursor, { message: `there is no file ${path}`, hint })];
  }
  try {
    const { test } = readBaseline(path);
    const own = basename(config.source.path).replace('.dispatch.', '.');
    if (test.name === own) return [];
    const message = `${path} is a baseline of ${test.name}, and this is ${own}`;
    return [atValue('baseline-of-another-test', cursor, { message, found: test.name })];
  } catch (thrown) {
    if (!(thrown instanceof UserFault)) throw thrown;
    return [
      atValue('baseline-unreadable', cursor, { message: thrown.message, ...(thrown.hint && { hint: thrown.hint }) }),
    ];
  }
}
