const SECRET_NAME = /pass(word|wd|phrase)?$|secret|token|credential|authorization|cookie|api[-_]?key|private[-_]?key/i;

const REDACTED = '[redacted]';

/**
 * A deep copy of plain data in which the value of every key that sounds like a secret is replaced, and user and
 * password are taken out of URLs. Functions and undefined are left out, as JSON does.
 */
export function redactSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redactUrl(value);
  if (Array.isArray(value)) return value.map(redactSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== 'function');
  return Object.fromEntries(entries.map(([name, field]) => [name, redactField(name, field)]));
}

function redactField(name: string, field: unknown): unknown {
  const holdsText = typeof field === 'string' || typeof field === 'number';
  return holdsText && SECRET_NAME.test(name) ? REDACTED : redactSecrets(field);
}

function redactUrl(text: string): string {
  return text.replace(/(\w+:\/\/)[^/@\s]+@/g, `$1${REDACTED}@`);
}
