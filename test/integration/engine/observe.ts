import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import type { EngineCase, Spec } from './engine-case.ts';
import type { EngineUnderTest, Scenario, ScenarioSpec } from './engines.ts';
import { type HookCall, type Observation, Tally } from './observation.ts';
import { describeError, plainVars } from './plain.ts';
import { createProcessor } from './processor.ts';
import { certificate, type Place, type RecordingServers } from './recording-server.ts';
import { normaliseRequest, type RawRequest } from './seen-request.ts';

const SCENARIO_FILE = fileURLToPath(new URL('scenario.yml', import.meta.url));
const PATIENCE_MS = 2_000;
/** How long a user is waited for when an exception has escaped that may have ended it. */
const PATIENCE_AFTER_EXCEPTION_MS = 100;

interface Recorded {
  readonly hooks: HookCall[];
  readonly lines: string[];
  readonly uncaught: string[];
  readonly counters: Tally;
  readonly histograms: Tally;
  readonly rates: Tally;
  /** Tells the users under way that an exception has escaped. */
  readonly escapes: EventEmitter;
}

/** Runs the users of a case through an engine, as Artillery's runner would, and says all that can be seen of it. */
export async function observe(
  engineCase: EngineCase,
  engine: EngineUnderTest,
  servers: RecordingServers,
): Promise<Observation> {
  const recorded = emptyRecord();
  const filled = fillIn(engineCase, servers);
  const restore = watch(recorded, filled.environment ?? {});
  servers.take();
  try {
    const ends = await runUsers(filled, engine, servers, recorded);
    const raw = servers.take();
    return {
      requests: raw.map(normaliseRequest).map((request) => hideAddresses(request, servers)),
      ...(filled.connections ? { connections: countConnections(raw) } : {}),
      ...ends,
      counters: recorded.counters.counts(),
      histograms: recorded.histograms.counts(),
      rates: recorded.rates.counts(),
      hooks: hideAddresses(recorded.hooks, servers),
      lines: hideAddresses(recorded.lines, servers),
      uncaught: recorded.uncaught,
    };
  } finally {
    restore();
  }
}

async function runUsers(
  engineCase: EngineCase,
  engine: EngineUnderTest,
  servers: RecordingServers,
  recorded: Recorded,
): Promise<Pick<Observation, 'vars' | 'outcomes'>> {
  const script = createScript(engineCase, servers, recorded);
  const instance = await engine.create(script);
  const [spec] = script.scenarios;
  const scenario = instance.createScenario(spec, listenTo(recorded));
  const users = (engineCase.users ?? [{}]).map((vars) => createContext(vars, spec, servers));
  const patienceMs = engineCase.patienceMs ?? PATIENCE_MS;
  const outcomes: unknown[] = [];
  const run = async (context: Context, index: number): Promise<void> => {
    outcomes[index] = await outcomeOf(scenario, context, patienceMs, recorded.escapes);
  };
  if (engineCase.together) await Promise.all(users.map(run));
  else for (const [index, context] of users.entries()) await run(context, index);
  await servers.quiet();
  // The servers have written their last bytes; the engine may still have to read them.
  await new Promise((resolve) => setTimeout(resolve, engineCase.unordered ? 20 : 3));
  instance.collect(recorded);
  instance.close();
  return {
    vars: users.map(({ vars }) => hideAddresses(plainVars(vars), servers)),
    outcomes: hideAddresses(outcomes, servers),
  };
}

function outcomeOf(scenario: Scenario, context: Context, patienceMs: number, escapes: EventEmitter): Promise<unknown> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve('hung');
    const timer = setTimeout(giveUp, patienceMs);
    escapes.once('escaped', () => setTimeout(giveUp, PATIENCE_AFTER_EXCEPTION_MS));
    const end = (error: unknown): void => {
      clearTimeout(timer);
      resolve(error === null || error === undefined ? 'done' : describeError(error));
    };
    scenario(context, end);
  });
}

/** A user's context, as Artillery's runner makes it. */
interface Context {
  readonly vars: Record<string, unknown>;
  readonly funcs: Record<string, (...parameters: never[]) => unknown>;
  readonly scenario: Spec;
  readonly _uid: string;
}

function createContext(vars: Spec, scenario: Spec, servers: RecordingServers): Context {
  const uid = '11111111-2222-4333-8444-555555555555';
  return {
    vars: {
      target: servers.addresses.target,
      $environment: undefined,
      $processEnvironment: process.env,
      $env: process.env,
      $testId: 'test',
      $scenarioFile: SCENARIO_FILE,
      $uuid: uid,
      ...structuredClone(vars),
    },
    funcs: {
      $randomNumber: (min: number, max: number) => min + Math.floor(Math.random() * (max - min + 1)),
      $randomString: (length = 10) => 'x'.repeat(length),
    },
    scenario,
    _uid: uid,
  };
}

function createScript(
  engineCase: EngineCase,
  servers: RecordingServers,
  recorded: Recorded,
): { config: Record<string, unknown>; scenarios: readonly [ScenarioSpec] } {
  return {
    config: {
      target: servers.addresses.target,
      ...structuredClone(engineCase.config ?? {}),
      processor: createProcessor(recorded.hooks),
    },
    scenarios: [
      {
        name: 'case',
        ...structuredClone(engineCase.scenario ?? {}),
        flow: structuredClone(engineCase.flow),
      },
    ],
  };
}

function listenTo(recorded: Recorded): EventEmitter {
  const events = new EventEmitter();
  events.on('counter', (name: string, count: number) => recorded.counters.add(name, count));
  events.on(
    'histogram',
    (name: string, value: unknown) => typeof value === 'number' && recorded.histograms.add(name, 1),
  );
  events.on('rate', (name: string) => recorded.rates.add(name, 1));
  events.on('error', (code: string) => recorded.counters.add(`errors.${code}`, 1));
  events.on('started', () => recorded.counters.add('(started)', 1));
  events.on('match', (isSuccess: boolean) => recorded.counters.add(`(match ${isSuccess})`, 1));
  return events;
}

function emptyRecord(): Recorded {
  return {
    hooks: [],
    lines: [],
    uncaught: [],
    counters: new Tally(),
    histograms: new Tally(),
    rates: new Tally(),
    escapes: new EventEmitter(),
  };
}

/** Listens to what goes past the engine's interface: the console, the environment, exceptions. Returns what undoes it. */
function watch(recorded: Recorded, environment: Readonly<Record<string, string>>): () => void {
  const { log, warn, error } = console;
  const write = (...values: unknown[]): void => void recorded.lines.push(format(...values));
  Object.assign(console, { log: write, warn: write, error: write });
  Object.assign(process.env, environment);
  const escaped = (reason: unknown): void => {
    recorded.uncaught.push(describeError(reason));
    recorded.escapes.emit('escaped');
  };
  process.on('uncaughtException', escaped).on('unhandledRejection', escaped);
  return () => {
    Object.assign(console, { log, warn, error });
    for (const name of Object.keys(environment)) delete process.env[name];
    process.off('uncaughtException', escaped).off('unhandledRejection', escaped);
  };
}

function countConnections(requests: readonly RawRequest[]): Record<string, number> {
  const byServer = Map.groupBy(requests, ({ server }) => server);
  return Object.fromEntries(
    [...byServer].map(([server, all]) => [server, new Set(all.map(({ connection }) => connection)).size]),
  );
}

function fillIn(engineCase: EngineCase, { addresses }: RecordingServers): EngineCase {
  const text = JSON.stringify(engineCase);
  const filled = text
    .replace(/<(target|other|secure|proxy|refused)>/g, (_, place: Place) => addresses[place])
    // Addresses inside an address have been encoded by the case.
    .replace(/%3C(target|other|secure|proxy|refused)%3E/g, (_, place: Place) => encodeURIComponent(addresses[place]))
    .replaceAll('<targetHost>', new URL(addresses.target).host)
    .replace(/<file:([a-z-]+)>/g, (_, name: string) => JSON.stringify(certificate(name)).slice(1, -1));
  return JSON.parse(filled) as EngineCase;
}

/** Ports are chosen by the system; what is seen says `<target>` instead. */
function hideAddresses<T>(value: T, { addresses }: RecordingServers): T {
  let text = JSON.stringify(value);
  for (const [place, url] of Object.entries(addresses)) {
    const { host, port } = new URL(url);
    for (const written of [
      url,
      encodeURIComponent(url),
      host,
      encodeURIComponent(host),
      `127.0.0.1:${port}`,
      `::1:${port}`,
    ]) {
      text = text.replaceAll(written, `<${place}>`);
    }
  }
  return JSON.parse(
    text
      .replace(/"00-(..)[0-9a-f]{30}-[0-9a-f]{16}-(0[01])"/g, '"00-$1…-$2"')
      .replaceAll('11111111-2222-4333-8444-555555555555', '<uuid>'),
  ) as T;
}
