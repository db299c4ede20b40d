import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expandIncludes, readTestFile } from 'proving-ground/workload/index.ts';
import { FIXED_RATE_PER_SEC, FOREVER_SECONDS, type Job, USERS, type Workload } from './job.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HOOKS = fileURLToPath(new URL('hooks.mts', import.meta.url));
const PEAK = join(ROOT, 'artillery/peak.yml');

/** Loops that nobody sees the end of: with `USERS` of them, ten million requests. */
const ENDLESS = 200_000;

/** Requests of one user under a fixed load: real users send more than one, and connections are kept for them. */
const REQUESTS_PER_USER = 10;

/** Requests of one user of the peak test against the stub, on average; measured, and only used to choose a rate. */
const REQUESTS_PER_JOURNEY = 8.6;

/** More new users per second than any engine can serve; those who find all places taken leave again. */
const TOO_MANY_PER_SEC = 2000;

/** Users of the peak test at the same time. Some of them wait, as their journeys say, hence more than `USERS`. */
const JOURNEY_USERS = 200;

/** What differs between the engines that run the same test. */
export interface EngineChoice {
  /** Goes into `config`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly plugins: Readonly<Record<string, unknown>>;
}

/** Writes the test for a job into its folder. @returns the path of the test. */
export function writeScript(job: Job, engine: EngineChoice): string {
  const { config, scenarios } = scriptOf(job);
  const plugins = { 'metrics-by-endpoint': { useOnlyRequestNames: true, suppressOutput: true }, ...engine.plugins };
  const script = { config: { ...config, ...engine.config, target: job.url, plugins }, scenarios };
  const path = join(job.folder, 'test.json');
  writeFileSync(path, JSON.stringify(script, undefined, 2));
  return path;
}

interface Script {
  readonly config: Record<string, unknown>;
  readonly scenarios: unknown[];
}

function scriptOf(job: Job): Script {
  if (job.workload === 'journeys') return peakTest(job);
  const steps = [STEPS[job.workload]];
  const count = job.load === 'saturated' ? ENDLESS : REQUESTS_PER_USER;
  return {
    config: {
      phases: [phaseOf(job)],
      http: { timeout: 10 },
      ...(job.workload === 'post' ? { processor: HOOKS, variables: { token: 'none', item: 'none', number: 0 } } : {}),
    },
    scenarios: [{ name: 'Bench', flow: [{ loop: steps, count }] }],
  };
}

const STEPS: Readonly<Record<Exclude<Workload, 'journeys'>, object>> = {
  bare: { get: { name: 'Get', url: '/' } },
  post: {
    post: {
      name: 'Create item',
      url: '/items',
      headers: { authorization: 'Bearer {{ token }}', 'x-item': '{{ item }}' },
      json: { name: 'Item {{ number }}', parent: '{{ item }}', source: 'bench', tags: ['one', 'two'] },
      beforeRequest: 'numberItem',
      capture: [
        { json: '$.token', as: 'token' },
        { json: '$.id', as: 'item' },
      ],
    },
  },
};

function phaseOf({ workload, load }: Job): object {
  const isJourney = workload === 'journeys';
  const perUser = isJourney ? REQUESTS_PER_JOURNEY : REQUESTS_PER_USER;
  if (load === 'fixed') {
    return { name: 'Bench', duration: FOREVER_SECONDS, arrivalRate: Math.round(FIXED_RATE_PER_SEC / perUser) };
  }
  if (!isJourney) return { name: 'Bench', duration: 1, arrivalCount: USERS };
  return { name: 'Bench', duration: FOREVER_SECONDS, arrivalRate: TOO_MANY_PER_SEC, maxVusers: JOURNEY_USERS };
}

/** The peak test as it stands, with other phases and without think times. */
function peakTest(job: Job): Script {
  const { config, scenarios } = readTestFile(PEAK).content as Script;
  const payload = (config.payload as { path: string }[]).map((file) => ({
    ...file,
    path: join(ROOT, 'artillery', file.path),
  }));
  // Each run bundles the processors in a folder of its own, and finds the packages that are not bundled from there.
  const processors = join(job.folder, 'processors');
  mkdirSync(processors);
  symlinkSync(join(ROOT, 'node_modules'), join(processors, 'node_modules'));
  writeFileSync(join(processors, 'index.ts'), `export * from ${JSON.stringify(join(ROOT, 'processors/index.ts'))};\n`);
  // The bench chooses engine, plugins and phases, and judges nothing.
  const { ensure: _ensure, engine: _engine, engines: _engines, plugins: _plugins, ...rest } = config;
  return {
    config: { ...rest, payload, phases: [phaseOf(job)], processor: join(processors, 'index.ts') },
    scenarios: expandIncludes(scenarios, PEAK),
  };
}
