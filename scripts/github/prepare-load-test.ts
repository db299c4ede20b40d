// The first step of the form: makes the test that somebody asked for, and checks it before anything is sent. docs/github-actions.md
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeFault, exitCodeOfFault } from '../../src/errors.ts';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { checkTargets, createTargetPolicy, readTargets, readTestFile } from '../../src/workload/index.ts';
import { scalePhases } from '../../src/workload/scale-phases.ts';
import { faultComment } from './gate-comment.ts';
import { addSummary, setOutputs } from './job-files.ts';
import { JsonReader } from './json-reader.ts';
import { type LoadTestForm, readLoadTestForm } from './load-test-form.ts';

const FOLDER = 'artillery';

function main(): number {
  const list = readTargets(`${FOLDER}/any test`);
  const form = readLoadTestForm(process.env, FOLDER, list.targets);
  // Beside the original: what it includes and reads is found from there.
  const file = form.test.replace(/\.(ya?ml)$/, '.dispatch.$1');
  writeFileSync(file, scalePhases(readFileSync(form.test, 'utf8'), form));
  const status = check(file, form);
  if (status !== 0) return status;
  const { content } = readTestFile(file);
  const config = new JsonReader(content, file).at('config');
  const target = form.target ?? config.at('target').text;
  checkTargets(
    { file, target, environment: undefined, phases: phasesOf(content) },
    createTargetPolicy(list, undefined),
  );
  setOutputs({ file, target }, process.env);
  return EXIT_CODES.passed;
}

function check(file: string, { target }: LoadTestForm): number {
  const parameters = ['check', file, '--format', 'text', ...(target === undefined ? [] : ['--target', target])];
  const { status } = spawnSync(resolve('node_modules/.bin/proving-ground'), parameters, { stdio: 'inherit' });
  if (status === 0) return 0;
  addSummary(faultComment(file, 'The check found something wrong with the test; nothing was sent', ''), process.env);
  return status ?? EXIT_CODES.internal;
}

function phasesOf(content: unknown): unknown {
  const config = typeof content === 'object' && content !== null ? Reflect.get(content, 'config') : undefined;
  return typeof config === 'object' && config !== null ? Reflect.get(config, 'phases') : undefined;
}

try {
  process.exitCode = main();
} catch (thrown) {
  const text = describeFault(thrown, false);
  console.error(text);
  console.log(workflowCommand('error', { title: 'Nothing was sent' }, text));
  addSummary(faultComment('', 'Nothing was sent: the form asks for what cannot be', text), process.env);
  process.exitCode = exitCodeOfFault(thrown);
}
