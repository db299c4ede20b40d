import type { EngineConfig } from '../artillery.ts';

/** What the official plugin metrics-by-endpoint measures, under its names. */
export interface EndpointMetrics {
  /** Whether requests whose URLs differ only in what their templates are filled with are one endpoint. */
  readonly groupsDynamicUrls: boolean;
  /**
   * What a request is called: by its name, by its URL, or both.
   *
   * @param url absolute, with its templates as written if dynamic URLs are grouped.
   * @returns undefined: the options leave requests without a name out.
   */
  nameOf(url: string, name: string | undefined): EndpointNames | undefined;
}

/** Names of the metrics of one endpoint. */
export interface EndpointNames {
  readonly responseTime: string;
  readonly serverTiming: string;
  codes(status: number): string;
  errors(code: string): string;
}

/** The functions by which the plugin hangs itself into every request; the engine does their work instead. */
export const PLUGIN_FUNCTIONS: ReadonlySet<string> = new Set([
  'metricsByEndpoint_beforeRequest',
  'metricsByEndpoint_afterResponse',
  'metricsByEndpoint_onError',
]);

/** More different endpoints than this are one too many for any table; their names vary without end. */
const MAX_KNOWN = 10_000;

/**
 * The plugin's metrics without its hooks, which parse each URL twice and tell each value by itself. Undefined where the
 * plugin is not at work. Options and names are those of artillery-plugin-metrics-by-endpoint 1.27.0.
 */
export function endpointMetrics({ plugins, processor, target }: EngineConfig): EndpointMetrics | undefined {
  if (processor?.metricsByEndpoint_afterResponse === undefined) return undefined;
  const options = (plugins?.['metrics-by-endpoint'] ?? {}) as Readonly<Record<string, unknown>>;
  const prefix = String(options.metricsNamespace ?? 'plugins.metrics-by-endpoint');
  const known = new Map<string, EndpointNames | undefined>();
  return {
    groupsDynamicUrls: (options.groupDynamicURLs ?? true) !== false,
    nameOf: (url, name) => {
      const key = `${name ?? ''} ${url}`;
      if (known.has(key)) return known.get(key);
      const endpoint = endpointName(url, name, target, options);
      const names = endpoint === '' ? undefined : metricNames(prefix, endpoint);
      if (known.size < MAX_KNOWN) known.set(key, names);
      return names;
    },
  };
}

function endpointName(
  url: string,
  name: string | undefined,
  target: string | undefined,
  { useOnlyRequestNames, stripQueryString, ignoreUnnamedRequests }: Readonly<Record<string, unknown>>,
): string {
  if (name !== undefined && name !== '' && useOnlyRequestNames === true) return name;
  if ((name === undefined || name === '') && ignoreUnnamedRequests === true) return '';
  const base = baseUrl(url, target, stripQueryString === true);
  return name === undefined || name === '' ? base : `${base} (${name})`;
}

function baseUrl(url: string, target: string | undefined, stripQuery: boolean): string {
  const [from, to] = [target === undefined ? undefined : parse(target), parse(url)];
  const host = from !== undefined && to.hostname !== '' && from.hostname !== to.hostname ? to.hostname : '';
  const port = from !== undefined && to.port !== '' && from.port !== to.port ? `:${to.port}` : '';
  return decode(`${host}${port}${stripQuery ? to.path.replace(/\?.*/s, '') : to.path}`);
}

/** By hand: the URL still has its templates, which `new URL` refuses or escapes. */
function parse(url: string): { hostname: string; port: string; path: string } {
  const [, hostname = '', port = '', path = ''] = /^\w+:\/\/(?:[^/?@]*@)?([^/:?#]*)(?::(\d*))?([^#]*)/.exec(url) ?? [];
  return { hostname, port, path: path === '' ? '/' : path };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function metricNames(prefix: string, endpoint: string): EndpointNames {
  const codes = new Map<number, string>();
  return {
    responseTime: `${prefix}.response_time.${endpoint}`,
    serverTiming: `${prefix}.server-timing.${endpoint}`,
    codes: (status) => {
      const known = codes.get(status);
      if (known !== undefined) return known;
      const name = `${prefix}.${endpoint}.codes.${status}`;
      codes.set(status, name);
      return name;
    },
    errors: (code) => `${prefix}.${endpoint}.errors.${code}`,
  };
}

/** The total of a Server-Timing header as the plugin reads it; -1 if it names none. */
export function serverTimingTotal(header: string): number {
  const total = /total;dur=([0-9.]+)/i.exec(header)?.[1];
  return total === undefined ? -1 : Number(total);
}
