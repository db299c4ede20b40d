// Everything that CI checks: first what reads the sources, then what runs them. Every step runs, also after one that failed:
// one round shows all there is to mend.
//
//   npm test                 all of it
//   npm test -- lint unit    only these steps
//
// The last line counts each test of each runner, and each check that has no tests of its own as one.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { installSystemPackages } from './system-packages.ts';
import { type Counts, readTestReport } from './test-report.ts';

/** A program that reads the sources. Some run side by side, so what each prints is shown when it has ended. */
interface Check {
  readonly name: string;
  readonly what: string;
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Whether it passed, by its exit code and by what it printed; by the exit code alone unless this is given. */
  readonly hasPassed?: (status: number, printed: string) => boolean;
}

/** What runs by itself, and shows how it gets on. */
interface Suite {
  readonly name: string;
  readonly what: string;
  readonly run: () => Counts;
}

interface Result {
  readonly name: string;
  readonly counts: Counts;
}

const scratch = mkdtempSync(join(tmpdir(), 'npm-test-'));
const FOLDERS = ['src', 'plugins', 'processors', 'fixtures/platform/src', 'fixtures/stranger', 'scripts', 'test'];

/** The one that takes longest is first, so that the others are done beside it. */
const CHECKS: readonly Check[] = [
  { name: 'types', what: 'TypeScript', command: ['tsc'] },
  { name: 'format', what: 'Biome: format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'yaml', what: 'Prettier: YAML', command: ['prettier', '--check', '**/*.{yml,yaml}'] },
  {
    name: 'lint',
    what: 'oxlint: promises, exhaustive switches',
    command: ['oxlint', '--type-aware', '--deny-warnings'],
  },
  {
    name: 'layers',
    what: 'dependency-cruiser: who may import whom',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...FOLDERS],
    // It reads nothing at all, and is content, when it does not find a TypeScript that it knows.
    hasPassed: (status, printed) => status === 0 && Number(/(\d+) modules/.exec(printed)?.[1] ?? 0) > 0,
  },
  { name: 'dead-code', what: 'knip: unused files, exports, dependencies', command: ['knip', '--no-config-hints'] },
  { name: 'page-types', what: 'TypeScript of pages', command: ['tsc', '-p', 'src/report/html/browser'] },
];

const SUITES: readonly Suite[] = [
  { name: 'unit', what: 'unit tests', run: () => vitest('unit') },
  { name: 'system', what: 'programs that integration tests need', run: () => outcome(installSystemPackages()) },
  { name: 'integration', what: 'integration tests', run: () => vitest('integration') },
  // Mostly they wait for phases to end. What they say of times must hold on a machine that does other work anyway.
  { name: 'e2e', what: 'end-to-end tests', run: () => vitest('e2e') },
];

async function runCheck({ name, what, command, hasPassed = (status) => status === 0 }: Check): Promise<Result> {
  const startedAt = performance.now();
  const { status, printed } = await collect(command);
  const counts = outcome(hasPassed(status, printed));
  console.log(`${headline(name, what)}\n${printed.trim()}`);
  conclude(name, counts, startedAt);
  return { name, counts };
}

/** Runs a program to its end. The status is -1 when it did not start, or was ended by a signal. */
function collect([program, ...parameters]: Check['command']): Promise<{ status: number; printed: string }> {
  return new Promise((resolve) => {
    execFile(program, parameters, { maxBuffer: Infinity }, (error, stdout, stderr) => {
      const printed = `${stdout}${stderr}`;
      if (error === null) resolve({ status: 0, printed });
      else if (typeof error.code === 'number') resolve({ status: error.code, printed });
      else resolve({ status: -1, printed: `${printed}${error.message}` });
    });
  });
}

/** Two at a time: each keeps a processor busy. */
async function runChecks(checks: readonly Check[]): Promise<Result[]> {
  const waiting = [...checks];
  const results: Result[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await runCheck(next));
  };
  await Promise.all([work(), work()]);
  return results;
}

function runSuite({ name, what, run }: Suite): Result {
  console.log(headline(name, what));
  const startedAt = performance.now();
  const counts = run();
  conclude(name, counts, startedAt);
  return { name, counts };
}

function headline(name: string, what: string): string {
  return `\n${styleText('bold', `── ${name}: ${what}`)}`;
}

function conclude(name: string, { passed, failed }: Counts, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${name}: ${passed} passed, ${failed} failed in ${seconds} s`);
}

function outcome(passed: boolean): Counts {
  return passed ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

function vitest(project: string): Counts {
  const report = join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const colours = process.stdout.isTTY ? [] : ['--no-color'];
  const { status } = spawnSync('vitest', ['run', '--project', project, ...reporters, ...colours], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // Tests start Artillery more than a hundred times; compiling its code takes a third of each start.
    env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true', NODE_COMPILE_CACHE: join(scratch, 'compiled') },
  });
  return readTestReport(report, status === 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Those that were asked for; all of them when none was. */
function wanted<Step extends { readonly name: string }>(steps: readonly Step[]): readonly Step[] {
  return names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
}

const names = process.argv.slice(2);
const known = [...CHECKS, ...SUITES].map(({ name }) => name);
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`error: ${unknown} is no step; allowed are ${known.join(', ')}`);
  process.exit(2);
}
const results = await runChecks(wanted(CHECKS));
for (const suite of wanted(SUITES)) results.push(runSuite(suite));
rmSync(scratch, { recursive: true, force: true });
const passed = sumOf(results.map(({ counts }) => counts.passed));
const failed = sumOf(results.map(({ counts }) => counts.failed));
const failing = results.filter(({ counts }) => counts.failed > 0);
// Once more at the end: whoever sees only the last lines of a long log sees what to mend.
for (const { name, counts } of failing) {
  console.log(`\n${styleText('bold', `── failed: ${name}`)}`);
  for (const failure of counts.failures) console.log(failure);
}
if (failing.length > 0) console.log(`\nOne step alone: npm test -- ${failing[0]?.name}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
