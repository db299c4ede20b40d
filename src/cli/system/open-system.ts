import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserFault } from '../../errors.ts';
import { createTargetPolicy, readTargets } from '../../workload/index.ts';
import { checkOutRef } from './checked-out-ref.ts';
import { createOwnFolder } from './own-folder.ts';
import { isReady, type StartedSystem, startSystem } from './started-system.ts';
import type { Subject } from './subject.ts';

/** A system under test, ready to be started as often as it is measured. */
export interface OpenSystem {
  readonly subject: Subject;
  /** Short, for tables. */
  readonly label: string;
  /** Of a ref. */
  readonly commit?: string;
  /** Makes sure that it can be loaded at all; where we start the system, by starting it once. @throws UserFault `system-unstartable`. */
  check(signal: AbortSignal): Promise<void>;
  /** A fresh process each time, where we start the system. */
  start(signal: AbortSignal): Promise<StartedSystem>;
  /** Takes away what was checked out, and the data of the platform. */
  close(): void;
}

/** How systems are started. */
export interface OpenOptions {
  /** The test file: `targets.yml` lies beside it. */
  readonly test: string;
  /** The command for refs. */
  readonly start: string;
  readonly ready: string | undefined;
  readonly timeoutSec: number;
  /** Variables of what we start, beside ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the reference platform keeps its data; undefined: in a folder of its own, which `close` takes away. */
  readonly data: string | undefined;
  readonly say: (line: string) => void;
  /** Ends an installation under way. */
  readonly signal: AbortSignal;
}

/** How a command is started. */
type CommandOptions = Pick<OpenOptions, 'ready' | 'timeoutSec'> & Partial<Pick<OpenOptions, 'env' | 'data'>>;

/** The platform that comes with the project. */
export const DEFAULT_START = 'node fixtures/platform/src/main.ts';

/**
 * Makes a system ready: a URL is checked against the hosts that may be loaded, a ref is checked out.
 *
 * @throws UserFault `target-not-allowed`, `ref-unusable`; when it is aborted the reason of the signal.
 */
export async function openSystem(subject: Subject, options: OpenOptions): Promise<OpenSystem> {
  switch (subject.kind) {
    case 'url':
      return urlSystem(subject, options);
    case 'command':
      return commandSystem(subject.spec, options);
    case 'ref': {
      const checkedOut = await checkOutRef(subject.spec, options.say, options.signal);
      const label = `${subject.spec} (${checkedOut.commit.slice(0, 8)})`;
      const system = startedByCommand(subject, options, { command: options.start, cwd: checkedOut.folder, label });
      const close = (): void => {
        system.close();
        checkedOut.remove();
      };
      return { ...system, commit: checkedOut.commit, close };
    }
  }
}

/** A system that a command starts, in the folder that we are in. */
export function commandSystem(command: string, options: CommandOptions): OpenSystem {
  const subject = { kind: 'command', spec: command } as const;
  return startedByCommand(subject, options, { command, cwd: process.cwd(), label: command });
}

function urlSystem(subject: Subject, { test, ready }: OpenOptions): OpenSystem {
  const { hostname, port, protocol, origin } = new URL(subject.spec);
  const policy = createTargetPolicy(readTargets(test), process.env.CONFIRM_PRODUCTION);
  const decision = policy({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
  });
  if (!decision.allowed) throw new UserFault('target-not-allowed', decision.reason, { hint: decision.hint });
  const url = subject.spec.replace(/\/$/, '');
  return {
    subject,
    label: origin,
    check: async () => {
      if (await isReady(url, ready)) return;
      throw new UserFault(
        'system-unstartable',
        `nothing answers at ${url}${ready ?? '/'} with ${ready === undefined ? 'HTTP' : 'a success'}`,
        {
          hint: 'Start the system first, or give the command that starts it instead of its address.',
        },
      );
    },
    start: () => Promise.resolve({ url, ready: Promise.resolve(), stop: () => Promise.resolve() }),
    close: () => undefined,
  };
}

function startedByCommand(
  subject: Subject,
  { ready, timeoutSec, env: own = {}, data: named }: CommandOptions,
  { command, cwd, label }: { readonly command: string; readonly cwd: string; readonly label: string },
): OpenSystem {
  const data = named === undefined ? createDataFolder() : { path: named, remove: () => undefined };
  const env = { ...own, PLATFORM_DATA: data.path };
  const start = (signal: AbortSignal): Promise<StartedSystem> =>
    startSystem({ command, cwd, env, ready, timeoutSec, signal });
  return {
    subject,
    label,
    start,
    check: async (signal) => {
      const started = await start(signal);
      try {
        await started.ready;
      } finally {
        await started.stop();
      }
    },
    close: data.remove,
  };
}

/**
 * Where the reference platform keeps its data in this system: what one version writes must not meet the other. Anybody may pass through the folder
 * around it, since PostgreSQL does not run as root; nobody else may look into it.
 */
function createDataFolder(): { readonly path: string; remove(): void } {
  const around = createOwnFolder('gate-data');
  chmodSync(around, 0o711);
  return { path: join(around, 'data'), remove: () => rmSync(around, { recursive: true, force: true }) };
}
