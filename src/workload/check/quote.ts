import { soundsSecret } from '../secrets/secret-names.ts';

const MASK = '***';

/**
 * A line of YAML as it may be shown: values of keys that sound like secrets, and users and passwords in URLs, are masked.
 * Templates such as `{{ password }}` say nothing secret and stay.
 */
export function quoteLine(line: string): string {
  const pair = /^(\s*(?:- )?\s*)(["']?)([\w-]+)\2(\s*:\s+)(\S.*)$/.exec(line);
  const [, indent = '', quote = '', key = '', colon = '', value = ''] = pair ?? [];
  const isSecret = pair !== null && soundsSecret(key) && !/\{\{|^[[{|>&*#]/.test(value);
  return maskUrl(isSecret ? `${indent}${quote}${key}${quote}${colon}${MASK}` : line);
}

/** A value in a message: as JSON, short, without the user and password of a URL. */
export function quoteValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  const text = maskUrl(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 57)}…${typeof value === 'string' ? '"' : ''}` : text;
}

function maskUrl(text: string): string {
  return text.replace(/(\w+:\/\/)[^/@\s"']+@/g, `$1${MASK}@`);
}
