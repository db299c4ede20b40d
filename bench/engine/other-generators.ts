import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../measure/cores.ts';
import { FIXED_RATE_PER_SEC, FOREVER_SECONDS, type Generator, type Job, USERS } from './job.ts';

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');
const UNDICI_LOOP = fileURLToPath(new URL('undici-loop.ts', import.meta.url));
const AUTOCANNON_POST = fileURLToPath(new URL('autocannon-post.ts', import.meta.url));
const WRK_POST = fileURLToPath(new URL('wrk-post.lua', import.meta.url));
const K6_SCRIPT = join(fileURLToPath(new URL('.', import.meta.url)), 'k6.js');
const LOCUST_FILE = fileURLToPath(new URL('locustfile.py', import.meta.url));

/** undici's own loop: the ceiling for an engine that is built on undici. */
export const UNDICI: Generator = {
  name: 'undici request loop',
  warmUpMs: 1500,
  isInstalled: () => true,
  can: (workload) => workload !== 'journeys',
  command: ({ workload, load, url }) => ({ argv: [process.execPath, UNDICI_LOOP, url, workload, load] }),
};

const AUTOCANNON_GENERATOR: Generator = {
  name: 'autocannon',
  warmUpMs: 1500,
  isInstalled: () => true,
  can: (workload) => workload !== 'journeys',
  command: ({ workload, load, url }) => {
    if (workload === 'post') return { argv: [process.execPath, AUTOCANNON_POST, url, load] };
    const rate = load === 'fixed' ? ['--overallRate', String(FIXED_RATE_PER_SEC)] : [];
    const connections = ['--connections', String(USERS), '--duration', String(FOREVER_SECONDS)];
    return { argv: [process.execPath, AUTOCANNON, '--no-progress', ...connections, ...rate, url] };
  },
};

const WRK: Generator = {
  name: 'wrk',
  warmUpMs: 500,
  isInstalled: () => isInstalled('wrk'),
  // It knows no rate.
  can: (workload, load) => workload !== 'journeys' && load === 'saturated',
  command: ({ workload, url }) => {
    const script = workload === 'post' ? ['-s', WRK_POST] : [];
    return { argv: ['wrk', '-t1', `-c${USERS}`, `-d${FOREVER_SECONDS}s`, ...script, `${url}/`] };
  },
};

const HEY: Generator = {
  name: 'hey',
  warmUpMs: 500,
  isInstalled: () => isInstalled('hey'),
  // It sends the same request for ever: nothing is captured, nothing is filled in.
  can: (workload) => workload === 'bare',
  command: ({ load, url }) => {
    const rate = load === 'fixed' ? ['-q', String(FIXED_RATE_PER_SEC / USERS)] : [];
    return { argv: ['hey', '-z', `${FOREVER_SECONDS}s`, '-c', String(USERS), ...rate, `${url}/`] };
  },
};

const K6: Generator = {
  name: 'k6',
  warmUpMs: 1000,
  isInstalled: () => isInstalled('k6'),
  can: (workload) => workload !== 'journeys',
  command: (job) => ({
    argv: ['k6', 'run', '--quiet', '--no-usage-report', K6_SCRIPT],
    env: settings(job),
  }),
};

const LOCUST: Generator = {
  name: 'locust',
  warmUpMs: 1000,
  isInstalled: () => isInstalled('locust'),
  can: (workload) => workload !== 'journeys',
  command: (job) => {
    const users = ['--users', String(USERS), '--spawn-rate', String(USERS)];
    const argv = ['locust', '--headless', '--only-summary', '--host', job.url, ...users, '-f', LOCUST_FILE];
    return { argv, env: settings(job) };
  },
};

/** Generators beside the two engines; those that are not installed are left out of a bench. */
export const OTHERS: readonly Generator[] = [UNDICI, AUTOCANNON_GENERATOR, WRK, HEY, K6, LOCUST];

function settings({ workload, load, url }: Job): Record<string, string> {
  return { WORKLOAD: workload, LOAD: load, URL: url, USERS: String(USERS), RATE: String(FIXED_RATE_PER_SEC) };
}
