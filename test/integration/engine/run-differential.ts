import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report } from './compare.ts';
import type { CaseResult } from './differential.ts';

const PROGRAM = fileURLToPath(new URL('differential.ts', import.meta.url));
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Longer than any run of it takes on a slow machine. */
const TIMEOUT_MS = 110_000;

/**
 * Compares two engines in a process of its own.
 *
 * @param parameters as the command takes them: `http undici cases`.
 * @throws Error with what the process wrote when it does not end well.
 */
export async function runDifferential(...parameters: readonly string[]): Promise<readonly CaseResult[]> {
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE = '' } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...parameters], {
    // Proxies and debug settings of whoever runs the tests would reach the engines.
    env: { PATH, HOME, NODE_COMPILE_CACHE, TZ: 'UTC', NODE_NO_WARNINGS: '1' },
    maxBuffer: LARGEST_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
  });
  return JSON.parse(stdout) as CaseResult[];
}

/** What is wrong with a case, as lines to read; empty when nothing is. */
export function complaints({ unexpected, gone, test }: CaseResult): string[] {
  if (unexpected.length === 0 && gone.length === 0) return [];
  return [
    ...report(unexpected, 'http', 'undici'),
    ...gone.map((pattern) => `documented as a difference, but there is none: ${pattern}`),
    ...(test === undefined ? [] : [`the smallest test that shows it:\n${JSON.stringify(test, null, 2)}`]),
  ];
}
