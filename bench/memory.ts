// Memory of the load generator: what a million requests leave behind, and what a user who waits costs.
//
//   npm run bench:memory                       # and writes its figures into docs/performance.md
//   node bench/memory.ts --short --json        # a tenth of it; what the tests run
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HTTP_ENGINE, OUR_ENGINE } from './engine/artillery-generators.ts';
import { findCores } from './measure/cores.ts';
import { markdownTable, writeSection } from './measure/generated-section.ts';
import { describeLoad, describeMachine } from './measure/machine.ts';
import { createProgress } from './measure/progress.ts';
import { stopAllSessions } from './measure/session.ts';
import { type Growth, type GrowthPlan, measureGrowth } from './memory/measure-growth.ts';
import { hasNginx, startNginx } from './targets/nginx.ts';
import { startServerProcess } from './targets/server-process.ts';
import type { Target } from './targets/target.ts';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const RAW_SERVER = new URL('targets/raw-server.ts', import.meta.url);
const SLOW_SERVER = new URL('memory/slow-server.ts', import.meta.url);
const MIB = 1024 ** 2;
const KIB = 1024;

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const scale = options.short ? 0.1 : 1;
const cores = findCores();
const [EARLY, LATE, WAITING] = [100_000 * scale, 1_100_000 * scale, 5_000 * scale];
const GATHERING_SEC = options.short ? 2 : 10;
const GET = { get: { name: 'Get', url: '/' } };

interface Result {
  readonly what: string;
  readonly engine: string;
  /** Growth of heap and external memory in the worker, of the main thread, and of the process, in bytes. */
  readonly workerBytes: number;
  readonly mainBytes: number;
  readonly residentBytes: number;
  /** Growth of the worker per user who waits, in bytes; undefined where nobody waits. */
  readonly perUserBytes: number | undefined;
}

type Plan = Pick<GrowthPlan, 'engine' | 'phases' | 'flow' | 'looksAt' | 'settleMs'> & {
  readonly what: string;
  readonly users: number | undefined;
};

const PLANS: readonly Plan[] = [
  {
    what: 'a million requests by 50 users who stay',
    engine: OUR_ENGINE,
    phases: [{ duration: 1, arrivalCount: 50 }],
    flow: [{ loop: [GET], count: 200_000 }],
    looksAt: [EARLY, LATE],
    settleMs: 0,
    users: undefined,
  },
  {
    what: 'a million requests by a hundred thousand users',
    engine: OUR_ENGINE,
    phases: [{ duration: 3600, arrivalRate: 5000, maxVusers: 50 }],
    flow: [{ loop: [GET], count: 10 }],
    looksAt: [EARLY, LATE],
    settleMs: 0,
    users: undefined,
  },
  // The short one holds ours to its limits; a comparison needs all of the users.
  ...(options.short ? [OUR_ENGINE] : [OUR_ENGINE, HTTP_ENGINE]).map((engine) => ({
    what: '5,000 users who wait for an answer',
    engine,
    phases: [
      { duration: 1, arrivalRate: 100 },
      { pause: 4 },
      { duration: GATHERING_SEC, arrivalRate: WAITING / GATHERING_SEC },
      { pause: 60 },
    ],
    flow: [GET],
    looksAt: [100, 100 + WAITING] as const,
    settleMs: 1000,
    users: WAITING,
  })),
];

function resultOf({ what, engine, users }: Plan, { first, second }: Growth): Result {
  const workerBytes = second.workerBytes - first.workerBytes;
  return {
    what,
    engine: engine.name,
    workerBytes,
    mainBytes: second.mainBytes - first.mainBytes,
    residentBytes: second.residentBytes - first.residentBytes,
    perUserBytes: users === undefined ? undefined : workerBytes / users,
  };
}

async function targetOf(plan: Plan): Promise<Target> {
  const core = cores?.target;
  if (plan.users !== undefined) return startServerProcess('slow', SLOW_SERVER, core);
  return hasNginx() && !options.short ? startNginx(core) : startServerProcess('raw', RAW_SERVER, core);
}

function tableOf(results: readonly Result[]): string {
  const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
  const rows = results.map((result) => [
    result.what,
    result.engine,
    mib(result.workerBytes),
    mib(result.mainBytes),
    mib(result.residentBytes),
    result.perUserBytes === undefined ? '' : `${(result.perUserBytes / KIB).toFixed(1)} KiB`,
  ]);
  return markdownTable(['growth by', 'engine', 'worker', 'main thread', 'process (RSS)', 'worker, per user'], rows);
}

async function bench(): Promise<void> {
  const machine = `${describeMachine()}. ${await describeLoad()}`;
  const progress = createProgress(PLANS.length);
  const results: Result[] = [];
  for (const plan of PLANS) {
    progress.step(`${plan.engine.name}: ${plan.what}${options.short ? ' (a tenth of it)' : ''}`);
    const target = await targetOf(plan);
    try {
      results.push(resultOf(plan, await measureGrowth({ ...plan, target, core: cores?.generator })));
    } finally {
      await target.stop();
    }
  }
  const text = `${machine}\n\n${tableOf(results)}`;
  console.log(options.json ? JSON.stringify(results, undefined, 2) : text);
  if (options.write) writeSection(PAGE, 'memory', text);
}

try {
  await bench();
} finally {
  await stopAllSessions();
}
