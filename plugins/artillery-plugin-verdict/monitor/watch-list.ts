import { UserFault } from 'proving-ground/errors.ts';
import type { LocateRule } from 'proving-ground/gate/index.ts';
import type { Connection, ProcessChoice, WatchedSystem } from 'proving-ground/record/system/index.ts';
import { addressOf, type TargetPolicy } from 'proving-ground/workload/index.ts';
import type { MonitorOptions } from './options.ts';

type SystemOptions = Exclude<MonitorOptions, false>[string];

/** The surroundings of a test that its watched systems depend on. */
export interface WatchSurroundings {
  /** Where load may go; nothing else may be asked. */
  readonly policy: TargetPolicy;
  /** The variables of the shell, with the connection strings. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly locate: LocateRule;
}

/**
 * The systems that a test wants watched; undefined: nothing may be watched, whatever else is known.
 *
 * @throws UserFault `target-not-allowed` for a host that no load may go to.
 */
export function watchListOf(options: MonitorOptions, surroundings: WatchSurroundings): WatchedSystem[] | undefined {
  if (options === false) return undefined;
  return Object.entries(options).map(([name, system]) => {
    const { prometheus, metrics } = system;
    if (prometheus !== undefined) refuseForeign(prometheus, [name, 'prometheus'], surroundings);
    return {
      name,
      prometheus,
      metrics,
      postgres: connectionOf(name, 'postgres', system, surroundings),
      redis: connectionOf(name, 'redis', system, surroundings),
      process: processOf(system),
    };
  });
}

function connectionOf(
  name: string,
  kind: 'postgres' | 'redis',
  system: SystemOptions,
  surroundings: WatchSurroundings,
): Connection | undefined {
  const variable = system[kind];
  if (variable === undefined) return undefined;
  const url = surroundings.env[variable] || undefined;
  if (url !== undefined) refuseForeign(url, [name, kind], surroundings);
  return { url, shownAs: variable };
}

function processOf({ process, port, pid }: SystemOptions): ProcessChoice | undefined {
  if (pid !== undefined) return { kind: 'pid', pid, withChildren: true };
  if (port !== undefined) return { kind: 'port', port };
  return process === undefined ? undefined : { kind: 'name', name: process };
}

/** Without a host the way leads through a socket of this machine. */
function refuseForeign(url: string, path: readonly string[], { policy, locate }: WatchSurroundings): void {
  for (const address of addressesIn(url)) {
    const decision = policy(address);
    if (decision.allowed) continue;
    throw new UserFault('target-not-allowed', decision.reason.replace('may not be loaded', 'may not be watched'), {
      position: locate(['config', 'plugins', 'verdict', 'monitor', ...path]),
      hint: decision.hint,
    });
  }
}

/** PostgreSQL takes a host from the parameters as well, and prefers it. */
function addressesIn(url: string): { host: string; port: number }[] {
  const address = addressOf(url);
  const hosts = URL.canParse(url) ? new URL(url).searchParams.getAll('host') : [];
  const others = hosts.filter((host) => !host.startsWith('/')).map((host) => ({ host, port: address?.port ?? 0 }));
  return [...(address === undefined ? [] : [address]), ...others];
}
