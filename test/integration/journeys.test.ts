import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../../fixtures/platform/src/platform.ts';
import { parseSettings } from '../../fixtures/platform/src/settings.ts';
import { EDGE_KINDS } from '../../processors/edge-cases/edge-case.ts';
import { type FakePlatform, startFakePlatform } from './journeys/fake-platform.ts';
import { type JourneyResult, runJourneys } from './journeys/run-journey.ts';

const METRICS_GUIDE = readFileSync(fileURLToPath(new URL('../../docs/metrics.md', import.meta.url)), 'utf8');
// Metrics of Artillery and its plugins.
const NOT_OURS = /^(http|vusers|plugins|errors)\./;

function namesIn({ counters, summaries }: JourneyResult): string[] {
  return [...Object.keys(counters), ...Object.keys(summaries)];
}

function unexplained(names: readonly string[]): string[] {
  return names.filter((name) => !NOT_OURS.test(name) && !METRICS_GUIDE.includes(`\`${name}\``));
}

function errorsIn({ counters }: JourneyResult): string[] {
  return Object.keys(counters).filter((name) => name.startsWith('errors.'));
}

/** Names of the requests that were answered. */
function requestsIn({ counters }: JourneyResult): string[] {
  const names = Object.keys(counters).map((name) => /^plugins\.metrics-by-endpoint\.(.+)\.codes\.\d+$/.exec(name)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

const EXPECTED = [
  {
    journey: 'triage-alerts',
    requests: ['Sign in', 'List alerts', 'Open alert', 'Acknowledge alert', 'Sign out'],
    metrics: ['auth.sign_in_time', 'alerts.acknowledged'],
  },
  {
    journey: 'search-indicators',
    requests: ['Sign in', 'Search'],
    metrics: ['auth.sign_in_time', 'search.time.keyword', 'search.hits', 'cache.miss', 'cache.hit_ratio'],
  },
  {
    journey: 'follow-a-lead',
    requests: ['Sign in', 'Search'],
    metrics: ['auth.sign_in_time', 'search.time.keyword', 'search.hits'],
  },
  {
    journey: 'analytics-report',
    requests: ['Sign in', 'Dashboard', 'Time series', 'Top talkers', 'Heat map', 'Order report', 'Look for report'],
    metrics: ['reports.completion_time', 'cache.hit_ratio'],
  },
  {
    journey: 'ingest-events',
    requests: ['Sign in', 'Send events', 'Send attack', 'Look for alert'],
    metrics: ['events.accepted', 'threats.detection_time', 'alerts.correlation_time'],
  },
  {
    journey: 'administration',
    requests: ['Sign in', 'List users', 'Confirm role', 'Sign out'],
    metrics: ['auth.sign_in_time'],
  },
  {
    journey: 'dashboard-watch',
    requests: ['Sign in', 'Dashboard'],
    metrics: ['cache.hit', 'cache.hit_ratio'],
  },
];

describe('a journey against the platform', () => {
  let folder: string;
  let platform: Platform;
  // At once, except for one: most of the time of a run is waiting.
  const runs = new Map<string, Promise<JourneyResult>>();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journeys-platform-'));
    const env = { PORT: '0', DOCUMENTS: '2000', PLATFORM_DATA: folder, LOG_LEVEL: 'error' };
    platform = await startPlatform(parseSettings(env), { log: () => undefined });
    for (const { journey } of EXPECTED) {
      // What the others write throws the dashboard out of the cache: while they do, all of its answers may be computed.
      const others = journey === 'dashboard-watch' ? [...runs.values()] : [];
      const run = Promise.allSettled(others).then(() =>
        runJourneys({ journeys: [journey], target: platform.url, users: 5 }),
      );
      // Whoever asks for it hears of a failure; nobody may, when another test has failed before.
      run.catch(() => undefined);
      runs.set(journey, run);
    }
  });
  afterAll(async () => {
    await Promise.allSettled(runs.values());
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(EXPECTED)('$journey is free of errors and measures what it should', async (expected) => {
    const result = await runs.get(expected.journey);
    if (result === undefined) throw new Error(`${expected.journey} was not started`);
    expect({ exitCode: result.exitCode, errors: errorsIn(result) }).toEqual({ exitCode: 0, errors: [] });
    expect(result.counters).toMatchObject({ 'vusers.completed': 5, 'vusers.failed': 0, 'answers.unexpected': 0 });
    expect(requestsIn(result)).toEqual(expect.arrayContaining(expected.requests));
    expect(namesIn(result)).toEqual(expect.arrayContaining(expected.metrics));
    expect(unexplained(namesIn(result))).toEqual([]);
  });

  test('edge-cases finds every wrong request refused as it should be', async () => {
    // Each worker hands out the kinds in turn; Artillery has one worker per processor but one.
    const code = `
      let number = 0;
      export async function nextKind(context: { vars: Record<string, unknown> }): Promise<void> {
        context.vars.edgeKind = ${JSON.stringify(EDGE_KINDS)}[number++ % ${EDGE_KINDS.length}];
      }`;
    const workers = Math.max(1, cpus().length - 1);
    const firstHook = { name: 'nextKind', code };
    const users = EDGE_KINDS.length * workers;
    const parts = { journeys: ['edge-cases'], target: platform.url, users, firstHook, isBundled: true };
    const result = await runJourneys(parts);
    expect(errorsIn(result)).toEqual([]);
    const expected = Object.fromEntries(EDGE_KINDS.map((kind) => [`edge.${kind}.as_expected`, workers] as const));
    expect(result.counters).toMatchObject({ ...expected, 'edge.unexpected': 0, 'answers.unexpected': 0 });
    expect(unexplained(namesIn(result))).toEqual([]);
  });
});

describe('a journey against a platform that behaves oddly', () => {
  let platform: FakePlatform | undefined;
  afterEach(async () => {
    await platform?.close();
  });

  test('goes on past tokens that are refused: each is renewed once and its request repeated', async () => {
    platform = await startFakePlatform({ tokenRequests: 3 });
    const result = await runJourneys({ journeys: ['search-indicators'], target: platform.url, users: 4 });
    expect(errorsIn(result)).toEqual([]);
    const renewals = platform.arrivals.filter(({ url }) => url === '/auth/refresh');
    const refused = platform.arrivals.filter(({ status }) => status === 401);
    expect(renewals.length).toBeGreaterThan(0);
    expect([renewals.length, result.counters['auth.repeated_requests']]).toEqual([refused.length, refused.length]);
    expect(result.counters['auth.refresh_success']).toBe(renewals.length);
  });

  test('renews tokens of two seconds before they expire, so that none is ever refused', async () => {
    platform = await startFakePlatform({ tokenSeconds: 2, delayMs: () => 300 });
    const result = await runJourneys({ journeys: ['dashboard-watch'], target: platform.url, users: 4 });
    expect(errorsIn(result)).toEqual([]);
    expect(result.counters['auth.refresh_success']).toBeGreaterThan(0);
    expect(platform.arrivals.filter(({ status }) => status === 401)).toEqual([]);
  });

  test.each([
    ['an error', { status: 500, body: '' }, 'unexpected status 500'],
    ['a page of HTML', { status: 200, body: '<html>moved</html>' }, 'no JSON in the answer'],
    ['JSON of another kind', { status: 200, body: '{"ok":true}' }, 'no hits in the answer'],
  ])('counts %s and lets its users go on to the end', async (_what, garbage, message) => {
    platform = await startFakePlatform({ garbage });
    const result = await runJourneys({ journeys: ['search-indicators'], target: platform.url, users: 3 });
    expect(errorsIn(result)).toEqual([`errors.Search: ${message}`]);
    expect(result.counters).toMatchObject({ 'vusers.completed': 3, 'answers.unexpected': 12 });
  });

  test('sends the same for the same seed, whatever the timing', async () => {
    const sent: string[] = [];
    for (const slowness of [3, 40]) {
      platform = await startFakePlatform({ delayMs: () => Math.random() * slowness });
      await runJourneys({ journeys: ['ingest-events'], target: platform.url, users: 5, env: { SEED: '77' } });
      sent.push(JSON.stringify(byUser(platform), undefined, 1));
      await platform.close();
    }
    expect(sent[0]).toContain('/events');
    expect(sent[1]).toBe(sent[0]);
  });
});

/** What each user sent, by name; the order of the names is that of the workers, who sign in side by side. */
function byUser({ arrivals }: FakePlatform): [string, string[]][] {
  const sent = new Map<string, string[]>();
  for (const { username, method, url, body } of arrivals) {
    sent.set(username, [...(sent.get(username) ?? []), `${method} ${url} ${body.length} ${body.slice(0, 300)}`]);
  }
  return [...sent].sort(([one], [other]) => (one < other ? -1 : 1));
}
