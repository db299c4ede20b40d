// The nightly job: runs the main test, and puts it beside the baseline that somebody reviewed. docs/github-actions.md
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describeFault, exitCodeOfFault, UserFault } from '../../src/errors.ts';
import { escapeMarkdown } from '../../src/report/machine/escape-markdown.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { addSummary } from './job-files.ts';
import { runQuoted } from './run-gate.ts';

const PROPOSAL = 'reports/nightly-baseline.json';
const COMPARISON = 'reports/nightly-comparison.html';
const MOST_RUNS = 20;

/** @returns the exit code of the first run that did not pass, else 0. The comparison is advisory and turns nothing red. */
async function main(): Promise<number> {
  const test = process.env.NIGHTLY_TEST ?? '';
  const runs = Number(process.env.NIGHTLY_RUNS ?? '1');
  if (!(Number.isInteger(runs) && runs >= 1 && runs <= MOST_RUNS)) {
    throw new UserFault('option-value', `NIGHTLY_RUNS is ${process.env.NIGHTLY_RUNS}; allowed are 1 to ${MOST_RUNS}`);
  }
  const folders: string[] = [];
  for (let run = 0; run < runs; run++) {
    const { exitCode } = await runQuoted(resolve('node_modules/.bin/artillery'), ['run', test]);
    addRunSummary();
    if (exitCode !== 0) return exitCode ?? 70;
    folders.push(realpathSync('reports/latest'));
  }
  compareWithBaseline(test, folders);
  return runs === 1 ? 0 : provingGround('baseline', ...folders, '--output', PROPOSAL).status;
}

function addRunSummary(): void {
  const summary = join('reports', 'latest', 'summary.md');
  if (existsSync(summary)) addSummary(`${readFileSync(summary, 'utf8')}\n`, process.env);
}

function compareWithBaseline(test: string, folders: readonly string[]): void {
  const baseline = `reports/baselines/${basename(test).replace(/\.ya?ml$/, '')}.json`;
  if (!existsSync(baseline)) {
    const text = `There is no ${baseline}. Run this workflow by hand with "Propose the figures" ticked, and review what it proposes.`;
    console.log(workflowCommand('warning', { title: 'No baseline' }, text));
    addSummary(`${escapeMarkdown(text)}\n`, process.env);
    return;
  }
  const sides = ['--before', baseline, '--after', ...folders];
  const { status, stdout } = provingGround('compare', ...sides, '--format', 'markdown', '--output', COMPARISON);
  if (status === 0) {
    addSummary(`${stdout}\n`, process.env);
    return;
  }
  const title = 'Not compared with the baseline';
  console.log(
    workflowCommand('warning', { title }, `The comparison ended with exit code ${status}; the log says why.`),
  );
}

function provingGround(...parameters: readonly string[]): { readonly status: number; readonly stdout: string } {
  const { status, stdout } = spawnSync(resolve('node_modules/.bin/proving-ground'), parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  console.log(stdout);
  return { status: status ?? 70, stdout };
}

try {
  process.exitCode = await main();
} catch (thrown) {
  console.log(workflowCommand('error', { title: 'The nightly run went wrong' }, describeFault(thrown, false)));
  process.exitCode = exitCodeOfFault(thrown);
}
