import { basename, relative } from 'node:path';
import { machineHere, type RunRecord, redactSecrets } from 'proving-ground/record/index.ts';
import { contentHash } from 'proving-ground/workload/content-hash.ts';
import { expandIncludes } from 'proving-ground/workload/index.ts';
import type { Script } from './artillery.ts';

/** What the run is called and where it goes. */
export function testOf(script: Script): RunRecord['test'] {
  const path = script._scriptPath ?? 'unnamed test';
  const { target } = script.config;
  return {
    name: basename(path),
    file: relative(process.cwd(), path),
    ...(target === undefined ? {} : { target: String(redactSecrets(target)) }),
    ...(script._environment === undefined ? {} : { environment: script._environment }),
    journeysHash: journeysHash(script),
  };
}

/** Of what the users do, wherever it is written: an edited file that a journey includes counts, too. */
function journeysHash({ scenarios, before, after, _scriptPath }: Script): string {
  const expanded = _scriptPath === undefined ? scenarios : expandIncludes(scenarios, _scriptPath);
  return contentHash({ scenarios: expanded, before, after });
}

/** The machine and the versions that the numbers hold for. */
export function environmentOf(artilleryVersion: string): RunRecord['environment'] {
  return { artillery: artilleryVersion, ...machineHere() };
}

/** The configuration without secrets, and without the rows of CSV files, which may hold passwords. */
export function configurationOf(script: Script): Record<string, unknown> {
  const { payload, ...rest } = script.config;
  const files = Array.isArray(payload)
    ? payload.map((file: Record<string, unknown>) => ({ ...file, data: undefined }))
    : payload;
  return redactSecrets({ ...rest, ...(files === undefined ? {} : { payload: files }) }) as Record<string, unknown>;
}

/** The command that repeats the run, secrets in its arguments redacted. */
export function replayCommand(seed: string, argv: readonly string[]): string {
  const words = argv.map((word, index) => (isKey(argv[index - 1]) ? '[redacted]' : redactArgument(word)));
  return [`SEED=${seed} npx artillery`, ...words.map(quoteForShell)].join(' ');
}

/** Artillery's options whose value is a secret. */
function isKey(previous: string | undefined): boolean {
  return previous === '--key';
}

function redactArgument(word: string): string {
  if (!word.startsWith('{')) return String(redactSecrets(word));
  try {
    return JSON.stringify(redactSecrets(JSON.parse(word)));
  } catch {
    return word;
  }
}

function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
