// How often `diagnose` is right: the reference platform broken on purpose in fourteen ways, and healthy, under a load of seconds. Every run is
// kept on disk, so that a study of hours can be interrupted, and the same runs judged again by better rules.
//
//   npm run bench:diagnosis                                  # hours; measures what is missing of the set to report on, writes its page
//   node bench/diagnosis.ts --set development --next 5       # five more runs of the set to develop on, and prints
//   node bench/diagnosis.ts --set development --rejudge      # judges what is there
//   node bench/diagnosis.ts --set development --rejudge --write   # the same, and writes its section
//   node bench/diagnosis.ts --only slow-consumer --rejudge --verbose
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listenForSignals } from 'proving-ground/cli/interrupt.ts';
import { startReputationProcess } from 'reference-platform/src/reputation/reputation-process.ts';
import { FAULTS, SETS, type StudyCase, type StudySet } from './diagnosis/cases.ts';
import { type JudgedRun, judgeRun } from './diagnosis/judge-run.ts';
import { runCase } from './diagnosis/run-case.ts';
import { saidOf, scoreOf, studyTables } from './diagnosis/tables.ts';
import { writeSection } from './measure/generated-section.ts';

const PAGE = fileURLToPath(new URL('../docs/diagnosis-accuracy.md', import.meta.url));
/** Written before the first run; `bench/diagnosis/cases.ts` says how. */
const CASES = fileURLToPath(new URL('./diagnosis/cases.json', import.meta.url));
const DOCUMENTS = 100_000;
/** What a healthy look-up takes, milliseconds. */
const LOOK_UP_MS = 2;

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'reporting' },
    next: { type: 'string', default: '100000' },
    only: { type: 'string' },
    rejudge: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    cache: { type: 'string', default: 'reports/diagnosis-study' },
  },
});

const cases = (JSON.parse(readFileSync(CASES, 'utf8')) as StudyCase[]).filter(isChosen);
if (!options.rejudge) await measureMissing();
const runs = cases.flatMap((each) => judgeRun(folderOf(each)) ?? []);
if (options.verbose) for (const run of runs) console.log(lineOf(run));
const tables = studyTables(runs, referenceRuns());
console.log(options.json ? JSON.stringify(scoreOf(runs)) : tables);
if (options.write) writeSection(PAGE, options.set, tables);

function isChosen({ set, id }: StudyCase): boolean {
  if (!SETS.includes(options.set as StudySet)) throw new Error(`--set is one of ${SETS.join(', ')}`);
  const names = [...Object.keys(FAULTS), 'healthy'];
  if (options.only !== undefined && !names.includes(options.only))
    throw new Error(`--only is one of ${names.join(', ')}`);
  return set === options.set && (options.only === undefined || id.startsWith(`${options.only}-`));
}

function folderOf({ set, id }: StudyCase): string {
  return join(options.cache, set, id);
}

async function measureMissing(): Promise<void> {
  const missing = cases.filter((each) => judgeRun(folderOf(each)) === undefined).slice(0, Number(options.next));
  if (missing.length === 0) return;
  const reputation = await startReputationProcess({ lookUpMs: LOOK_UP_MS });
  const signal = listenForSignals(() => console.error('\nInterrupted: runs that are whole are kept')).signal;
  try {
    for (const [done, each] of missing.entries()) {
      console.error(
        `[${done + 1}/${missing.length}] ${each.id}: ${each.fault || 'healthy'}, ${each.usersPerSec} people a second`,
      );
      const workshop = {
        data: join(options.cache, 'data'),
        documents: DOCUMENTS,
        reputationUrl: reputation.url,
        signal,
      };
      await runCase(each, folderOf(each), workshop);
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    await reputation.stop();
  }
}

/** Healthy runs of the other set: a baseline may know what is usual, and must not have seen what it is asked about. */
function referenceRuns(): JudgedRun[] {
  return (JSON.parse(readFileSync(CASES, 'utf8')) as StudyCase[])
    .filter(({ set, truth }) => set !== options.set && truth === 'healthy')
    .flatMap((each) => judgeRun(folderOf(each)) ?? []);
}

function lineOf(run: JudgedRun): string {
  const { about, causes } = run;
  const isRight = about.truth === 'healthy' ? causes.length === 0 : saidOf(run) === about.truth;
  const said =
    causes.length === 0
      ? run.answer
      : causes.map(({ cause, share }) => `${cause} ${Math.round(100 * share)} %`).join(', ');
  return `${isRight ? 'right' : 'WRONG'} ${about.id} ${about.fault} ${about.usersPerSec}/s: ${said}`;
}
