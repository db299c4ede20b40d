import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProcessorFunction } from '../artillery.ts';
import { endpointMetrics, serverTimingTotal } from './endpoint-metrics.ts';

interface OfficialPlugin {
  Plugin: new (script: object, events: object) => unknown;
}

const official = createRequire(import.meta.url)('artillery-plugin-metrics-by-endpoint') as OfficialPlugin;
const TARGET = 'http://127.0.0.1:8080';

// Where Artillery's code has been loaded, the plugin looks at its version and at the number of the worker.
beforeEach(() => {
  vi.stubGlobal('artillery', undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Every metric that the official plugin tells of one answered and one failed request. */
function officialNames(options: object, url: string, name: string | undefined): string[] {
  const processor: Record<string, ProcessorFunction> = {};
  const script = { config: { plugins: { 'metrics-by-endpoint': options }, processor }, scenarios: [] };
  new official.Plugin(script, {});
  const names: string[] = [];
  const events = { emit: (_kind: string, metric: string) => names.push(metric) };
  const request = { url, name };
  const context = { vars: { target: TARGET } };
  const answer = {
    statusCode: 200,
    headers: { 'server-timing': 'total;dur=5' },
    timings: { phases: { firstByte: 1 } },
  };
  const done = (): void => undefined;
  processor.metricsByEndpoint_beforeRequest?.(request, context, events, done);
  processor.metricsByEndpoint_afterResponse?.(request, answer, context, events, done);
  processor.metricsByEndpoint_onError?.({ code: 'ECONNRESET' }, request, context, events, done);
  return names.toSorted();
}

function ourNames(options: object, url: string, name: string | undefined): string[] {
  const processor = { metricsByEndpoint_afterResponse: (): void => undefined };
  const metrics = endpointMetrics({ target: TARGET, plugins: { 'metrics-by-endpoint': options }, processor });
  const names = metrics?.nameOf(url, name);
  if (names === undefined) return [];
  return [names.responseTime, names.serverTiming, names.codes(200), names.errors('ECONNRESET')].toSorted();
}

const OPTIONS = [
  {},
  { useOnlyRequestNames: true },
  { stripQueryString: true },
  { ignoreUnnamedRequests: true },
  { metricsNamespace: 'mine' },
  { useOnlyRequestNames: true, stripQueryString: true, ignoreUnnamedRequests: true },
];

const URLS = [
  `${TARGET}/`,
  TARGET,
  `${TARGET}/a/b?c=d%20e`,
  `${TARGET}/documents/{{ id }}`,
  'http://127.0.0.1:9090/other-port',
  'http://example.test/other-host',
  'https://example.test:8443/both?x=1',
];

describe('metrics by endpoint', () => {
  const cases = OPTIONS.flatMap((options) =>
    URLS.flatMap((url) => [undefined, 'Search'].map((name) => ({ options, url, name }))),
  );

  test.each(cases)(
    'have the names that the official plugin gives them: $options $url $name',
    ({ options, url, name }) => {
      // The plugin reads templates with url.parse, which escapes the braces and decodes them again.
      expect(ourNames(options, url, name)).toEqual(officialNames(options, url, name));
    },
  );

  test('are not measured where the plugin is not at work', () => {
    expect(endpointMetrics({ target: TARGET })).toBeUndefined();
  });
});

describe('a Server-Timing header', () => {
  test.each([
    ['total;dur=12.5', 12.5],
    ['db;dur=3, total;dur=9;desc="x"', 9],
    ['db;dur=3', -1],
  ])('%s has the total %d', (header, total) => {
    expect(serverTimingTotal(header)).toBe(total);
  });
});
