// Requests per CPU-second of the load generator: our engine, Artillery's own, and what else is installed, on the same target,
// in one run. docs/performance.md says how it is measured.
//
//   npm run bench                                    # everything, and writes its figures into docs/performance.md
//   node bench/engine.ts --rounds 5 --window 6       # longer; prints only
//   node bench/engine.ts --workloads bare --loads saturated
//   node bench/engine.ts --short --json              # seconds; what the tests run
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ARTILLERYS, OURS } from './engine/artillery-generators.ts';
import { compare, goalsOf } from './engine/comparison.ts';
import type { Generator, Load, Workload } from './engine/job.ts';
import { OTHERS, UNDICI } from './engine/other-generators.ts';
import { runRounds } from './engine/rounds.ts';
import { goalTable, tablesOf } from './engine/tables.ts';
import { findCores } from './measure/cores.ts';
import { writeSection } from './measure/generated-section.ts';
import { describeLoad, describeMachine } from './measure/machine.ts';
import { createProgress } from './measure/progress.ts';
import { stopAllSessions } from './measure/session.ts';
import { hasNginx, startNginx } from './targets/nginx.ts';
import { startServerProcess } from './targets/server-process.ts';
import type { Target } from './targets/target.ts';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const RAW_SERVER = new URL('targets/raw-server.ts', import.meta.url);
const STUB_PLATFORM = new URL('engine/stub-platform.ts', import.meta.url);

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    window: { type: 'string' },
    workloads: { type: 'string', default: 'bare,post,journeys' },
    loads: { type: 'string' },
  },
});

const cores = findCores();
const load = await describeLoad();
const targets: Target[] = [];

async function startTarget(): Promise<Target> {
  if (hasNginx() && !options.short) return startNginx(cores?.target);
  return startServerProcess("Node's net", RAW_SERVER, cores?.target);
}

function generators(): Generator[] {
  const all = options.short ? [ARTILLERYS, OURS, UNDICI] : [OURS, ARTILLERYS, ...OTHERS];
  return all.filter((generator) => generator.isInstalled());
}

function chosen<T extends string>(text: string, allowed: readonly T[]): T[] {
  return text.split(',').map((word) => {
    const found = allowed.find((each) => each === word);
    if (found === undefined) throw new Error(`"${word}" is none of ${allowed.join(', ')}`);
    return found;
  });
}

async function bench(): Promise<void> {
  const plain = await startTarget();
  targets.push(plain);
  const stub = await startServerProcess('stub of the platform', STUB_PLATFORM, cores?.target);
  targets.push(stub);
  const plan = {
    generators: generators(),
    workloads: chosen<Workload>(options.workloads, ['bare', 'post', 'journeys']),
    loads: chosen<Load>(options.loads ?? (options.short ? 'saturated' : 'saturated,fixed'), ['saturated', 'fixed']),
    rounds: Number(options.rounds ?? (options.short ? 1 : 3)),
    windowMs: 1000 * Number(options.window ?? (options.short ? 1 : 4)),
    warmUpScale: options.short ? 0.4 : 1,
    core: cores?.generator,
    targetOf: (workload: Workload) => (workload === 'journeys' ? stub : plain),
  };
  const { cells, failures } = await runRounds(plan, createProgress);
  const rows = compare(cells);
  const goals = goalsOf(cells);
  const notes = [
    `${describeMachine()}. Target: ${plain.name}; ${cores === undefined ? 'nothing pinned' : 'target and generator on a core each'}.`,
    `${plan.rounds} rounds, windows of ${plan.windowMs / 1000} s; median, least and most. ${load}`,
  ];
  const text = [notes.join(' '), goalTable(goals), tablesOf(rows)].join('\n\n');
  console.log(options.json ? JSON.stringify({ machine: notes, rows, goals, failures }, undefined, 2) : text);
  for (const failure of failures) console.error(`failed: ${failure}`);
  if (options.write) writeSection(PAGE, 'bench', text);
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await bench();
} finally {
  await stopAllSessions();
  await Promise.all(targets.map((target) => target.stop()));
}
