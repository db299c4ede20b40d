import { type Position, UserFault } from 'proving-ground/errors.ts';
import { z } from 'zod';
import { type Address, parseAddress } from './address.ts';

/** Settings of the platform that `env` may hold; `docs/platform.md` explains them. HOST and PORT follow from `address`. */
export const PLATFORM_SETTINGS = [
  'DATABASE_URL',
  'DOCUMENTS',
  'PLATFORM_DATA',
  'REDIS_URL',
  'CACHE_SECONDS',
  'POOL_SIZE',
  'ACCESS_TOKEN_SECONDS',
  'REFRESH_TOKEN_SECONDS',
  'JWT_SECRET',
  'SIGNIN_LIMIT',
  'REPUTATION_URL',
  'LOG_LEVEL',
  'WORK_FACTOR',
  'ERROR_RATE',
  'FAULT',
] as const;

/** `config.plugins.reference-platform`, read and with its defaults. */
export interface Options {
  readonly address: Address;
  /** How long the platform may take until it is ready, in seconds (1–3600). */
  readonly startTimeoutSeconds: number;
  /** Settings that the test wants of the platform: a platform that this run starts gets them as variables. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where the value at a path of the test stands, when that is known. */
export type Locate = (path: readonly string[]) => Position | undefined;

const PLACE = ['config', 'plugins', 'reference-platform'];

const ALLOWED: Readonly<Record<string, string>> = {
  address: 'http:// with 127.0.0.1, localhost or [::1] and a port from 1 to 65535, such as http://127.0.0.1:4600',
  startTimeoutSeconds: 'a whole number of seconds from 1 to 3600',
  env: 'a map of settings',
};

const shape = z.strictObject({
  address: z
    .string()
    .transform(parseAddress)
    .pipe(z.custom<Address>((address) => address !== undefined))
    .prefault('http://127.0.0.1:4600'),
  startTimeoutSeconds: z.int().min(1).max(3600).default(120),
  env: z.partialRecord(z.enum(PLATFORM_SETTINGS), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * Reads the options of the plugin; `{}` means all defaults.
 *
 * @returns the options, or every fault in them (`plugin-options`) with its place in the file where that is known.
 */
export function parseOptions(value: unknown, locate: Locate): Options | readonly UserFault[] {
  const parsed = shape.safeParse(value ?? {});
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => faultsOf(issue, value, locate));
  const env = Object.entries(parsed.data.env).map(([name, setting]) => [name, String(setting)]);
  return { ...parsed.data, env: Object.fromEntries(env) };
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, locate: Locate): UserFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const names = path.length === 0 ? Object.keys(ALLOWED) : PLATFORM_SETTINGS;
    return issue.keys.map((key) => fault([...path, key], 'is not known', `Allowed are ${names.join(', ')}.`, locate));
  }
  return [fault(path, `is ${found(value, path)}`, `Allowed is ${allowedAt(path)}.`, locate)];
}

function allowedAt([option, setting]: readonly string[]): string {
  if (setting !== undefined) return 'a text, a number, true or false';
  const names = Object.keys(ALLOWED).join(', ');
  return ALLOWED[option ?? ''] ?? `a map of ${names}; {} means the defaults`;
}

function fault(path: readonly string[], what: string, hint: string, locate: Locate): UserFault {
  const whole = [...PLACE, ...path];
  return new UserFault('plugin-options', `${whole.join('.')} ${what}`, { position: locate(whole), hint });
}

/** What was written, except settings: they may be passwords. */
function found(value: unknown, path: readonly string[]): string {
  let inner = value;
  for (const key of path) inner = (inner as Record<string, unknown>)[key];
  if (Array.isArray(inner)) return 'a list';
  if (typeof inner === 'object' && inner !== null) return 'a map';
  return path.length > 1 ? 'empty' : JSON.stringify(inner);
}
