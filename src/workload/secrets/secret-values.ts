import { type Entry, isEntry } from '../plan/entry.ts';
import { payloadTables } from '../plan/payload.ts';
import { soundsSecret } from './secret-names.ts';

/** Where the secrets of a test can stand. */
export interface SecretSources {
  /** The test file; paths of CSV files are relative to it. */
  readonly file: string;
  /** `config`; rows of CSV files that were read already stand in `payload[].data`. */
  readonly config: Entry;
  /** Scenarios, `before` and `after`. */
  readonly flows: readonly unknown[];
  /** Names of variables, CSV columns and variables of the shell, from `config.plugins.verdict.secrets`. */
  readonly declared: readonly string[];
  /** The variables of the shell. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The secrets that are known before a run: values of variables, CSV columns and variables of the shell whose names are
 * declared or sound like secrets, and texts that stand in the test under such keys, in headers, cookies and URLs. CSV files
 * that cannot be read have none; texts with templates are none. In no order, some perhaps twice.
 */
export function secretValues({ file, config, flows, declared, env }: SecretSources): string[] {
  const isSecret = (name: string): boolean => declared.includes(name) || soundsSecret(name);
  const { variables, payload: _rows, ...rest } = config;
  return [
    ...(isEntry(variables) ? Object.entries(variables) : []).flatMap(([name, value]) =>
      isSecret(name) ? textsBelow(value) : textsUnderSecretKeys(value),
    ),
    ...csvValues(file, config, isSecret),
    ...Object.entries(env).flatMap(([name, value]) => (value !== undefined && isSecret(name) ? [value] : [])),
    ...[rest, ...flows].flatMap((part) => textsUnderSecretKeys(part)),
  ].filter((text) => !text.includes('{{'));
}

/** Every text and number in a value. */
export function textsBelow(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsBelow) : [];
}

function csvValues(file: string, config: Entry, isSecret: (name: string) => boolean): string[] {
  const payload = [config.payload].flat();
  return payload.flatMap((entry) => {
    if (!isEntry(entry)) return [];
    const objects = Array.isArray(entry.data) ? entry.data.filter(isEntry) : [];
    if (typeof entry.name === 'string' && isSecret(entry.name)) return textsBelow([objects, rowsOf(file, entry)]);
    const columns = (Array.isArray(entry.fields) ? entry.fields.map(String) : []).map(isSecret);
    const inRows = columns.includes(true)
      ? rowsOf(file, entry).flatMap((row) => row.filter((_, index) => columns[index] === true))
      : [];
    const inObjects = objects.flatMap((row) =>
      Object.entries(row).flatMap(([name, field]) => (isSecret(name) ? [field] : [])),
    );
    return textsBelow([inRows, inObjects]);
  });
}

function rowsOf(file: string, entry: Entry): readonly (readonly unknown[])[] {
  try {
    return payloadTables({ config: { payload: [entry] }, file, locate: () => undefined }).flatMap(({ rows }) => rows);
  } catch {
    // The check says that the file cannot be read; no value of it can be in any output.
    return [];
  }
}

function textsUnderSecretKeys(value: unknown): string[] {
  if (typeof value === 'string') return textsInUrl(value);
  if (Array.isArray(value)) return value.flatMap(textsUnderSecretKeys);
  if (!isEntry(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => {
    if (!soundsSecret(key)) return textsUnderSecretKeys(field);
    if (typeof field === 'string') return partsOf(field);
    // `cookie:` of a request is a map from names to values.
    return /^cookies?$/i.test(key) ? textsBelow(field) : textsUnderSecretKeys(field);
  });
}

/** `Bearer abc` is secret as a whole and without its scheme; of `a=b; c=d` each value is. */
function partsOf(text: string): string[] {
  const withoutScheme = /^[A-Za-z]+\s+(\S+)$/.exec(text)?.[1];
  const cookies = text.split(';').flatMap((pair) => /^\s*[^=\s]+=(.+)$/.exec(pair)?.[1] ?? []);
  return [text, ...(withoutScheme === undefined ? [] : [withoutScheme]), ...cookies];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function textsInUrl(text: string): string[] {
  const user = /\w+:\/\/([^/@\s]+)@/.exec(text)?.[1];
  const query = [...text.matchAll(/[?&]([^=&#\s]+)=([^&#\s]+)/g)].flatMap(([, name = '', value = '']) =>
    soundsSecret(name) ? [value] : [],
  );
  // Clients send it on as `Authorization: Basic …`.
  const inHeader = Buffer.from(decoded(user ?? '')).toString('base64');
  return [...(user === undefined ? [] : [user, user.split(':')[1] ?? user, inHeader]), ...query];
}
