// How often a run is called not valid: clean runs, runs against a slow server, and runs with a fault injected into the
// generator. docs/validity.md says what is injected.
//
//   npm run bench:validity                      # 20 runs of each, half an hour and more; writes into docs/validity.md
//   node bench/validity.ts --runs 5 --seconds 8 # prints only
//   node bench/validity.ts --only descriptors    # those of that name
//   node bench/validity.ts --short              # one of each with our engine, about a minute
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXIT_CODES } from 'proving-ground/exit-codes.ts';
import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import { HTTP_ENGINE, OUR_ENGINE } from './engine/artillery-generators.ts';
import { findCores } from './measure/cores.ts';
import { markdownTable, writeSection } from './measure/generated-section.ts';
import { describeLoad, describeMachine } from './measure/machine.ts';
import { createProgress } from './measure/progress.ts';
import { stopAllSessions } from './measure/session.ts';
import { INJECTIONS, type Injection } from './validity/injections.ts';
import { runOnce, type StudyResult } from './validity/run-once.ts';

const PAGE = fileURLToPath(new URL('../docs/validity.md', import.meta.url));

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
  },
});

const runs = Number(options.runs ?? (options.short ? 1 : 20));
const seconds = Number(options.seconds ?? (options.short ? 5 : 10));
const engines = options.short ? [OUR_ENGINE] : [OUR_ENGINE, HTTP_ENGINE];
const wanted = INJECTIONS.filter(({ name }) => name.includes(options.only ?? ''));
const possible = wanted.filter(({ isPossible }) => isPossible());
const cores = findCores();
const load = await describeLoad();
const progress = createProgress(runs * engines.length * possible.length);

interface Row {
  readonly injection: Injection;
  readonly engine: string;
  readonly results: readonly StudyResult[];
}

async function study(): Promise<Row[]> {
  const rows = engines.flatMap((engine) =>
    possible.map((injection) => ({ injection, engine, results: [] as StudyResult[] })),
  );
  // In turns, so that what else the machine does meets all of them.
  for (let round = 0; round < runs; round += 1) {
    for (const { injection, engine, results } of rows) {
      const result = await runOnce({ injection, engine, seconds, cores });
      progress.step(`${engine.name}, ${injection.name}: ${result.outcome ?? 'no outcome'} (exit ${result.exitCode})`);
      if (!isAsExpected(injection, result)) console.error(`    ${result.why}`);
      results.push(result);
    }
  }
  return rows.map((row) => ({ ...row, engine: row.engine.name }));
}

/** Users whom the generator failed also break the default rule on errors, which must not become the exit code. */
function isAsExpected({ expected }: Injection, { outcome, exitCode }: StudyResult): boolean {
  return outcome === expected && exitCode === (expected === 'valid' ? EXIT_CODES.passed : EXIT_CODES.notValid);
}

function tableOf(rows: readonly Row[]): string {
  const all = (expected: Injection['expected']): StudyResult[] =>
    rows.flatMap(({ injection, results }) => (injection.expected === expected ? results : []));
  return markdownTable(
    ['injected', 'engine', 'should be', 'not valid', 'share', '95 % interval'],
    [
      ...rows.map(({ injection, engine, results }) => [
        injection.name,
        engine,
        injection.expected,
        ...sharesOf(results),
      ]),
      ['all without a fault', 'both', 'valid', ...sharesOf(all('valid'))],
      ['all with a fault', 'both', 'not valid', ...sharesOf(all('not valid'))],
    ],
  );
}

function sharesOf(results: readonly StudyResult[]): string[] {
  const notValid = results.filter(({ outcome }) => outcome === 'not valid').length;
  const interval = wilsonInterval(notValid, results.length);
  const [share, low, high] = [interval?.share, interval?.low, interval?.high].map(percent);
  return [`${notValid} of ${results.length}`, share ?? '', `${low} – ${high}`];
}

function percent(share: number | undefined): string {
  return share === undefined ? 'unknown' : `${(share * 100).toFixed(1)} %`;
}

try {
  const table = tableOf(await study());
  const left = wanted.filter((injection) => !possible.includes(injection)).map(({ name }) => name);
  const aside = left.length === 0 ? '' : `\n\nNot possible on this machine: ${left.join(', ')}.`;
  const about = `Phases of ${seconds} s with 40 users a second; intervals by Wilson. ${describeMachine()}. ${load}`;
  console.log(`${table}\n\n${about}${aside}`);
  if (options.write) writeSection(PAGE, 'study', `${table}\n\n${about}${aside}`);
} finally {
  await stopAllSessions();
}
