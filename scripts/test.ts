// Everything that CI checks, in the order in which a fault is cheapest to find. Every step runs, also after one that failed:
// one round shows all there is to mend.
//
//   npm test                 all of it
//   npm test -- lint unit    only these steps
//
// The last line counts each test of each runner, and each check that has no tests of its own as one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type Counts, readJestReport } from './jest-report.ts';
import { installSystemPackages } from './system-packages.ts';

interface Step {
  readonly name: string;
  readonly what: string;
  readonly run: () => Counts;
}

const scratch = mkdtempSync(join(tmpdir(), 'npm-test-'));

const STEPS: readonly Step[] = [
  { name: 'format', what: 'Biome: format and lint', run: () => check('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'yaml', what: 'Prettier: YAML', run: () => check('prettier', ['--check', '**/*.{yml,yaml}']) },
  { name: 'types', what: 'TypeScript', run: () => check('tsc', []) },
  { name: 'page-types', what: 'TypeScript of pages', run: () => check('tsc', ['-p', 'src/report/html/browser']) },
  {
    name: 'lint',
    what: 'oxlint: promises, exhaustive switches',
    run: () => check('oxlint', ['--type-aware', '--deny-warnings']),
  },
  {
    name: 'dead-code',
    what: 'knip: unused files, exports, dependencies',
    run: () => check('knip', ['--no-config-hints']),
  },
  { name: 'layers', what: 'dependency-cruiser: who may import whom', run: checkLayers },
  { name: 'unit', what: 'unit tests', run: () => jest('unit', ['--maxWorkers=2']) },
  { name: 'system', what: 'programs that integration tests need', run: () => outcome(installSystemPackages()) },
  { name: 'integration', what: 'integration tests', run: () => jest('integration', ['--maxWorkers=2']) },
  // Mostly they wait for phases to end. What they say of times must hold on a machine that does other work anyway.
  { name: 'e2e', what: 'end-to-end tests', run: () => jest('e2e', ['--maxWorkers=2']) },
];

/** dependency-cruiser reads nothing at all, and is content, when it does not find a TypeScript that it knows. */
function checkLayers(): Counts {
  const folders = ['src', 'plugins', 'processors', 'fixtures/platform/src', 'fixtures/stranger', 'scripts', 'test'];
  const result = spawnSync('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders], {
    encoding: 'utf8',
  });
  console.log(`${result.stdout}${result.stderr}`.trim());
  const modules = Number(/(\d+) modules/.exec(result.stdout)?.[1] ?? 0);
  if (modules === 0) console.error('dependency-cruiser read no modules');
  return outcome(result.status === 0 && modules > 0);
}

function check(command: string, parameters: readonly string[]): Counts {
  const { status, error } = spawnSync(command, parameters, { stdio: 'inherit' });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  return outcome(status === 0);
}

function outcome(passed: boolean): Counts {
  return passed ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

function jest(project: string, parameters: readonly string[]): Counts {
  const report = join(scratch, `${project}.json`);
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const { status } = spawnSync(
    process.execPath,
    [...flags, '--selectProjects', project, '--json', `--outputFile=${report}`, '--silent=false', ...parameters],
    // With --json the results go to stdout as well; the readable report goes to stderr.
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Tests start Artillery more than a hundred times; compiling its code takes a third of each start.
      env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true', NODE_COMPILE_CACHE: join(scratch, 'compiled') },
    },
  );
  return readJestReport(report, status === 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function wantedSteps(names: readonly string[]): readonly Step[] {
  const unknown = names.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(`error: ${unknown} is no step; allowed are ${STEPS.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  return names.length === 0 ? STEPS : STEPS.filter((step) => names.includes(step.name));
}

function runStep(step: Step): Counts {
  console.log(`\n${styleText('bold', `── ${step.name}: ${step.what}`)}`);
  const startedAt = performance.now();
  const counts = step.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${step.name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
  return counts;
}

const results = wantedSteps(process.argv.slice(2)).map((step) => ({ step, counts: runStep(step) }));
rmSync(scratch, { recursive: true, force: true });
const passed = sumOf(results.map(({ counts }) => counts.passed));
const failed = sumOf(results.map(({ counts }) => counts.failed));
const failing = results.filter(({ counts }) => counts.failed > 0);
// Once more at the end: whoever sees only the last lines of a long log sees what to mend.
for (const { step, counts } of failing) {
  console.log(`\n${styleText('bold', `── failed: ${step.name}`)}`);
  for (const failure of counts.failures) console.log(failure);
}
if (failing.length > 0) console.log(`\nOne step alone: npm test -- ${failing[0]?.step.name}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
