import { randomBytes } from 'node:crypto';

/** Prefix of trace ids that come from Artillery. */
const DEFAULT_PREFIX = 'a9';

/**
 * How to make the `traceparent` header (W3C Trace Context) of each request; undefined: distributed tracing is off.
 *
 * @param setting `http.distributedTracing`: true, or `{enabled, sampled, traceIdPrefix}`.
 */
export function traceparentSource(setting: unknown): (() => string) | undefined {
  if (setting === undefined || setting === null || setting === false) return undefined;
  const options = (typeof setting === 'object' ? setting : {}) as Readonly<Record<string, unknown>>;
  if (options.enabled !== undefined && !options.enabled) return undefined;
  const flags = (options.sampled ?? true) ? '01' : '00';
  const given = String(options.traceIdPrefix ?? DEFAULT_PREFIX).toLowerCase();
  const prefix = given.replace(/[^0-9a-f]/g, '').slice(0, 8) || DEFAULT_PREFIX;
  return () => {
    const traceId = (prefix + randomBytes(16).toString('hex')).slice(0, 32);
    return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
  };
}
