import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArtilleryResult, runArtillery } from '../e2e/run-artillery.ts';
import { type RecordingServers, startRecordingServers } from './engine/recording-server.ts';
import { normaliseRequest } from './engine/seen-request.ts';

// The same test file through `artillery run` with either engine: the report, the plugins on top of it, and what the server saw.

interface Report {
  readonly counters: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly summaries: Readonly<Record<string, { readonly count: number }>>;
}

interface Run {
  readonly result: ArtilleryResult;
  readonly report: Report;
  /** What the server saw: method, path, own headers, body. Users overlap, so in alphabetical order. */
  readonly requests: readonly string[];
  /** Metrics sent to statsd by publish-metrics, by name. */
  readonly published: readonly string[];
}

const USERS = 12;
const PROCESSOR = `
export function fromBefore(context, _events, done) { context.vars.fromBefore = 'seen'; done(); }
export function afterwards(_request, response, context, events, done) { events.emit('counter', 'custom.answers', 1); done(); }
`;

function testFile(target: string, statsdPort: number, engine: string): string {
  return JSON.stringify({
    config: {
      target,
      ...(engine === 'undici' ? { engine, engines: { undici: {} } } : {}),
      processor: './processor.mjs',
      phases: [{ name: 'only', duration: 2, arrivalCount: USERS }],
      plugins: {
        ensure: {
          thresholds: [{ 'http.response_time.max': 10_000 }],
          conditions: [{ expression: 'http.codes.404 == 12' }],
        },
        expect: {},
        // What is counted is compared, and not whether a busy machine answers in time.
        apdex: { threshold: 10_000 },
        'metrics-by-endpoint': {},
        'publish-metrics': [{ type: 'statsd', host: '127.0.0.1', port: statsdPort, prefix: 'pg' }],
      },
    },
    before: {
      ...(engine === 'undici' ? { engine } : {}),
      flow: [{ get: { url: '/json?before', capture: { json: '$.id', as: 'token' } } }],
    },
    after: {
      ...(engine === 'undici' ? { engine } : {}),
      flow: [{ post: { url: '/echo?after', json: { token: '{{ token }}' } } }],
    },
    scenarios: [
      {
        name: 'Everything',
        beforeScenario: 'fromBefore',
        afterResponse: 'afterwards',
        flow: [
          {
            get: {
              url: '/json',
              name: 'Read',
              headers: { 'x-token': '{{ token }}', 'x-from': '{{ fromBefore }}' },
              capture: { json: '$.id', as: 'id' },
              expect: [
                { statusCode: 200 },
                { hasProperty: 'name' },
                { contentType: 'json' },
                { equals: ['{{ id }}', 7] },
              ],
            },
          },
          {
            loop: [{ post: { url: '/echo', json: { n: '{{ $loopCount }}' }, expect: { statusCode: 201 } } }],
            count: 2,
          },
          { get: { url: '/status/404' } },
          { get: { url: '/redirect/302?to=%2Ftimed' } },
          { think: '20ms' },
          { get: { url: '/timed' } },
        ],
      },
    ],
  });
}

let folder: string;
let servers: RecordingServers;
let runs: readonly [Run, Run];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-run-'));
  servers = await startRecordingServers();
  // One after the other, so that the requests at the server are those of one engine.
  runs = [await run('http'), await run('undici')];
});
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true });
});

async function run(engine: string): Promise<Run> {
  const own = join(folder, engine);
  mkdirSync(own);
  const statsd = createSocket('udp4');
  const names = new Set<string>();
  statsd.on('message', (message) => {
    for (const line of message.toString().split('\n')) names.add(line.replace(/:.*$/s, ''));
  });
  await new Promise<void>((resolve) => statsd.bind(0, '127.0.0.1', resolve));
  writeFileSync(join(own, 'processor.mjs'), PROCESSOR);
  writeFileSync(join(own, 'test.yml'), testFile(servers.addresses.target, statsd.address().port, engine));
  servers.take();
  const result = await runArtillery([join(own, 'test.yml'), '--output', join(own, 'report.json')], {
    timeoutMs: 90_000,
  });
  statsd.close();
  const { aggregate } = JSON.parse(readFileSync(join(own, 'report.json'), 'utf8')) as { aggregate: Report };
  const requests = servers.take().map((raw) => {
    const { method, url, headers, body } = normaliseRequest(raw);
    return JSON.stringify([method, url, headers['x-token'], headers['x-from'], headers['content-type'], body]);
  });
  return { result, report: aggregate, requests: requests.sort(), published: [...names].filter(isOfTheLanguage).sort() };
}

/** The engine of this repository measures itself as well; docs/engine-differences.md. */
function isOfTheLanguage(metric: string): boolean {
  return !metric.includes('generator.');
}

function named<T>(metrics: Readonly<Record<string, T>>, value: (metric: T) => unknown): Record<string, unknown> {
  const kept = Object.entries(metrics).filter(([name]) => isOfTheLanguage(name) && name !== 'http.downloaded_bytes');
  return Object.fromEntries(
    kept.map(([name, metric]) => [name, value(metric)]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

test('each run is carried out by the engine that it names', () => {
  const measuresItself = runs.map(({ report }) => 'generator.send_lag' in report.summaries);
  expect(measuresItself).toEqual([false, true]);
});

test('the server sees the same requests', () => {
  const [http, undici] = runs;
  expect(undici.requests).toEqual(http.requests);
  expect(http.requests).toHaveLength(USERS * 7 + 2);
});

test('the report has the same counters with the same values, those of plugins included', () => {
  const [http, undici] = runs;
  const expected = named(http.report.counters, (count) => count);
  expect(named(undici.report.counters, (count) => count)).toEqual(expected);
  expect(expected).toMatchObject({
    'vusers.completed': USERS,
    'http.requests': USERS * 7,
    'custom.answers': USERS * 6,
  });
  expect(expected).toMatchObject({ 'plugins.expect.ok': USERS * 4, 'plugins.expect.failed': USERS * 2 });
  expect(expected).toMatchObject({ 'plugins.metrics-by-endpoint./json (Read).codes.200': USERS });
  expect(Object.keys(expected).filter((name) => name.startsWith('apdex'))).not.toEqual([]);
});

test('the report has the same rates and histograms, of as many values', () => {
  const [http, undici] = runs;
  expect(Object.keys(named(undici.report.rates, () => 0))).toEqual(Object.keys(named(http.report.rates, () => 0)));
  expect(named(undici.report.summaries, ({ count }) => count)).toEqual(
    named(http.report.summaries, ({ count }) => count),
  );
});

test('the exit code and the checks of ensure are the same', () => {
  const [http, undici] = runs;
  const checks = ({ stdout }: ArtilleryResult): string[] => stdout.match(/^(ok|fail): .*$/gm) ?? [];
  expect(undici.result.exitCode).toBe(http.result.exitCode);
  expect(checks(undici.result)).toEqual(checks(http.result));
  expect(checks(http.result)).toHaveLength(2);
});

test('publish-metrics sends the same metrics', () => {
  const [http, undici] = runs;
  expect(undici.published).toEqual(http.published);
  expect(http.published.length).toBeGreaterThan(30);
});
