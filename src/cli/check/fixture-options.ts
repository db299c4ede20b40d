import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CheckOptions } from '../../workload/check/index.ts';

/**
 * The options that a test of the catalogue or of the corpus is to be checked with; they stand in its first line: `# options:
 * { "workers": 4 }`, where `<folder>` stands for the folder of the test.
 */
export function fixtureOptions(file: string): CheckOptions {
  if (!statSync(file).isFile()) return {};
  const options = /^# options: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return options === undefined
    ? {}
    : (JSON.parse(options.replaceAll('<folder>', resolve(dirname(file)))) as CheckOptions);
}
