import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WatchedSystem } from 'proving-ground/record/system/index.ts';
import { findRunningDatabase } from 'reference-platform/src/database/running-database.ts';

/** What is known of a platform that answers. */
export interface KnownPlatform {
  readonly origin: string;
  readonly pid: number;
  /** The variables that it was started with, as far as that is known. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Everything that can be seen of a platform: its metrics and process, its PostgreSQL, and its Redis if it has one. */
export function whatToWatch({ origin, pid, env }: KnownPlatform): WatchedSystem[] {
  const service: WatchedSystem = {
    name: 'Reference platform',
    prometheus: `${origin}/metrics`,
    process: { kind: 'pid', pid, withChildren: false },
  };
  const redis = env.REDIS_URL ? { name: 'Redis', redis: { url: env.REDIS_URL, shownAs: 'REDIS_URL' } } : undefined;
  return [service, ...postgresOf(env), ...(redis === undefined ? [] : [redis])];
}

function postgresOf({ DATABASE_URL, PLATFORM_DATA }: KnownPlatform['env']): WatchedSystem[] {
  if (DATABASE_URL) return [{ name: 'PostgreSQL', postgres: { url: DATABASE_URL, shownAs: 'DATABASE_URL' } }];
  const found = findRunningDatabase(resolve(PLATFORM_DATA || defaultData()));
  if (found === undefined) return [];
  return [
    {
      name: 'PostgreSQL',
      postgres: { url: found.url, shownAs: 'the built-in server' },
      process: { kind: 'pid', pid: found.pid, withChildren: true },
    },
  ];
}

function defaultData(): string {
  return fileURLToPath(new URL('../.data', import.meta.resolve('reference-platform/src/main.ts')));
}

/**
 * The variables that a process was started with: Linux shows those of one's own processes.
 *
 * @param otherwise where that cannot be seen: those that it would have been given by us.
 */
export function environmentOf(
  pid: number,
  otherwise: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((entry) => entry.includes('='));
    return Object.fromEntries(
      entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    );
  } catch {
    return otherwise;
  }
}
