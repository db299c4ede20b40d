// How often the gate is right on this machine, against the reference platform with known changes in the candidate: false alarms, power, bias,
// the named endpoint, and the rules of others on the same pairs. Pairs are measured as the gate measures them and kept on disk, so that hours
// of measuring can be interrupted and the same pairs judged again.
//
//   npm run bench:gate                              # three and a half hours; measures what is missing, writes docs/gate-accuracy.md
//   npm run bench:gate -- --machine quiet           # the half of it that one machine is about, into its part of the page
//   node bench/gate.ts --minutes 60                 # an hour of it, and prints; the next call goes on where it stopped
//   node bench/gate.ts --minutes 0 --json           # judges what is there
//   node bench/gate.ts --short                      # one pair, a small database: whether all of it works
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readBlockTest } from 'proving-ground/cli/gate/block-test.ts';
import { listenForSignals } from 'proving-ground/cli/interrupt.ts';
import { exitCodeOfSignal } from 'proving-ground/exit-codes.ts';
import { DEFAULT_POLICY, type GatePolicy } from 'proving-ground/gate/regression/index.ts';
import { type Cell, INJECTIONS, MACHINES } from './gate/cells.ts';
import { startNeighbour } from './gate/half-busy.ts';
import { type JudgedCell, judgeCell } from './gate/judge-cell.ts';
import { openPairStore } from './gate/pair-store.ts';
import { pairsInTime } from './gate/pairs-in-time.ts';
import { databasesOf, measureStudyPair, platformOn, type StudySystem, sidesOf } from './gate/study-pair.ts';
import { studyTables } from './gate/tables.ts';
import { writeSection } from './measure/generated-section.ts';

const PAGE = fileURLToPath(new URL('../docs/gate-accuracy.md', import.meta.url));
const TEST = fileURLToPath(new URL('../artillery/gate.yml', import.meta.url));
const PLATFORM = fileURLToPath(new URL('../fixtures/platform/src/main.ts', import.meta.url));

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    cache: { type: 'string', default: 'reports/gate-study' },
    minutes: { type: 'string', default: '100000' },
    gates: { type: 'string', default: '200' },
    machine: { type: 'string' },
    injections: { type: 'string' },
    platform: { type: 'string', default: PLATFORM },
    seed: { type: 'string', default: 'measured' },
  },
});

const store = openPairStore(options.cache);
const machines = MACHINES.filter((each) => (options.machine ?? (options.short ? 'quiet' : each)) === each);
const cells = chosenCells();
await measureMissing();
const judged = judgeAll();
if (options.json) console.log(JSON.stringify(judged));
for (const machine of machines) {
  const ofMachine = judged.filter(({ cell }) => cell.machine === machine);
  // Nothing replaces what an earlier study wrote of it.
  if (ofMachine.length === 0) continue;
  const tables = studyTables(ofMachine);
  if (!options.json) console.log(`${machine} machine\n\n${tables}\n`);
  if (options.write) writeSection(PAGE, machine, tables);
}

function chosenCells(): Cell[] {
  const ids = (options.injections ?? (options.short ? 'work-50' : '')).split(',').filter((id) => id !== '');
  const unknown = ids.find((id) => !INJECTIONS.some((injection) => injection.id === id));
  if (unknown !== undefined || machines.length === 0) {
    throw new Error(`injections are ${INJECTIONS.map(({ id }) => id).join(', ')}; machines ${MACHINES.join(', ')}`);
  }
  const injections = INJECTIONS.filter(({ id }) => ids.length === 0 || ids.includes(id));
  return machines.flatMap((each) => injections.map((injection) => ({ machine: each, injection })));
}

function pairsOf({ injection }: Cell): number {
  return options.short ? 1 : injection.pairs;
}

/** One pair of every cell in turn, so that whatever changes in the course of hours meets all of them alike. */
async function measureMissing(): Promise<void> {
  const missing = Array.from({ length: Math.max(...cells.map(pairsOf)) }, (_, index) => index).flatMap((index) =>
    cells.filter((cell) => index < pairsOf(cell) && !store.has(cell, index)).map((cell) => ({ cell, index })),
  );
  const until = Date.now() + Number(options.minutes) * 60_000;
  if (missing.length === 0 || Date.now() >= until) return;
  requireSwitches();
  const test = blockTest();
  const system = {
    platform: options.platform,
    data: join(options.cache, 'data'),
    env: options.short ? { ...test.env, DOCUMENTS: '1000' } : test.env,
  };
  const interrupt = listenForSignals(() => console.error('\nInterrupted: pairs that are whole are kept'));
  const { signal } = interrupt;
  await fillDatabases(system, signal);
  for (const [done, { cell, index }] of missing.entries()) {
    if (Date.now() >= until) break;
    console.error(`[${done + 1}/${missing.length}] pair ${index + 1}: ${cell.injection.name}, ${cell.machine} machine`);
    await measureInto(cell, index, { system, test, signal });
    // To judge takes minutes, which nobody wants who has interrupted.
    if (signal.aborted) process.exit(exitCodeOfSignal(interrupt.by() ?? 'SIGINT'));
  }
  interrupt.end();
}

interface StudyWork {
  readonly system: StudySystem;
  readonly test: ReturnType<typeof blockTest>;
  readonly signal: AbortSignal;
}

async function measureInto(cell: Cell, index: number, { system, test, signal }: StudyWork): Promise<void> {
  const neighbour = cell.machine === 'busy' ? startNeighbour() : undefined;
  const sides = sidesOf(system, cell.injection, index);
  try {
    const seed = `${options.seed} ${cell.machine} ${cell.injection.id}`;
    store.write(cell, index, await measureStudyPair(test, sides, { seed, index, signal }));
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    neighbour?.stop();
    sides.baseline.close();
    sides.candidate.close();
  }
}

/** Without them every candidate would be the baseline, and the gate would look blind. */
function requireSwitches(): void {
  const { stdout } = spawnSync(process.execPath, [options.platform, '--help'], { encoding: 'utf8' });
  if (/WORK_FACTOR/.test(stdout) && /ERROR_RATE/.test(stdout)) return;
  throw new Error(`${options.platform} knows no WORK_FACTOR and ERROR_RATE`);
}

function blockTest(): ReturnType<typeof readBlockTest> {
  const [blockSec, warmUpSec] = options.short ? [2, 1] : [undefined, undefined];
  return readBlockTest(TEST, { environment: undefined, blockSec, warmUpSec });
}

/** The same rows in the same places: filled once, and copied for the other. */
async function fillDatabases(system: StudySystem, signal: AbortSignal): Promise<void> {
  const { filled, copied } = databasesOf(system);
  if (existsSync(copied)) return;
  console.error('Filling the database');
  mkdirSync(system.data, { recursive: true });
  const first = platformOn(filled, system);
  try {
    await first.check(signal);
  } finally {
    first.close();
  }
  if (!existsSync(filled)) throw new Error(`the platform cannot keep its data in ${system.data}; name another --cache`);
  // With its owner: PostgreSQL refuses a folder of somebody else.
  const { status, stderr } = spawnSync('cp', ['-a', filled, copied], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${filled} cannot be copied: ${stderr}`);
}

function judgeAll(): JudgedCell[] {
  const policy = studyPolicy();
  return machines.flatMap((machine) => {
    const stored = cells
      .filter((cell) => cell.machine === machine)
      .map((cell) => ({ cell, measured: store.read(cell) }))
      .filter(({ measured }) => measured.length > 0);
    const inTime = pairsInTime(stored.flatMap(({ measured }) => measured.map(({ measuredAt }) => measuredAt)));
    return stored.map(({ cell, measured }) => {
      console.error(`Judging ${measured.length} pairs: ${cell.injection.name}, ${cell.machine} machine`);
      return judgeCell(cell, measured, {
        gates: Number(options.gates),
        policy,
        seed: options.seed,
        pairsInTime: inTime,
      });
    });
  });
}

/** As the command has it, with the margins of the test. */
function studyPolicy(): GatePolicy {
  const margins = blockTest().margins.map(({ rule }) => rule);
  return { ...DEFAULT_POLICY, margins: [...DEFAULT_POLICY.margins, ...margins] };
}
