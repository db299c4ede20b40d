import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UserFault } from '../../src/errors.ts';
import type { OnInconclusive } from './gate-outcome.ts';
import { JsonReader } from './json-reader.ts';

/** What the action was given, ready for the gate. */
export interface GateInputs {
  readonly test: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly onInconclusive: OnInconclusive;
  /** The folder for the report. */
  readonly output: string;
  /** Further options of `proving-ground gate`. */
  readonly options: readonly string[];
}

/** Inputs of the action that are options of the gate, with what they may hold. */
const NUMBERS = { minutes: [1, 120], block: [2, 600], 'warm-up': [0, 600] } as const;
const TEXTS = ['seed', 'environment', 'start'] as const;

/**
 * Reads the inputs from `GATE_<NAME>` of the environment, where the action puts them: text in a script would be run by the shell.
 * Without a baseline it is the merge base of the pull request, without a candidate what is checked out.
 *
 * @throws UserFault `option-value`.
 */
export function readGateInputs(env: NodeJS.ProcessEnv): GateInputs {
  const test = textOf(env, 'test');
  if (test === '')
    throw new UserFault('option-value', 'input test is empty; it is the file of a test, such as artillery/smoke.yml');
  return {
    test: plainArgument('test', test),
    baseline: plainArgument('baseline', textOf(env, 'baseline') || `ref:${mergeBase(env)}`),
    candidate: plainArgument('candidate', textOf(env, 'candidate') || `ref:${commitOf('HEAD') ?? 'HEAD'}`),
    onInconclusive: onInconclusive(textOf(env, 'inconclusive')),
    output: textOf(env, 'output') || 'reports/performance-gate',
    options: [...numberOptions(env), ...textOptions(env), ...marginOptions(env)],
  };
}

/** The command line after `proving-ground`. */
export function gateArguments(inputs: GateInputs): string[] {
  const { test, baseline, candidate, output, options } = inputs;
  return ['gate', test, '--baseline', baseline, '--candidate', candidate, '--output', output, ...options];
}

function textOf(env: NodeJS.ProcessEnv, input: string): string {
  return (env[`GATE_${input.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
}

/** What begins like an option would be one. */
function plainArgument(input: string, value: string): string {
  if (!value.startsWith('-')) return value;
  throw new UserFault('option-value', `input ${input} is ${JSON.stringify(value)}; it must not begin with -`);
}

function onInconclusive(value: string): OnInconclusive {
  if (value === '' || value === 'warn') return 'warn';
  if (value === 'fail') return 'fail';
  throw new UserFault('option-value', `input inconclusive is ${JSON.stringify(value)}; allowed are warn and fail`);
}

function numberOptions(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(NUMBERS).flatMap(([input, [least, most]]) => {
    const text = textOf(env, input);
    if (text === '') return [];
    const value = Number(text);
    if (value >= least && value <= most) return [`--${input}`, String(value)];
    throw new UserFault(
      'option-value',
      `input ${input} is ${JSON.stringify(text)}; allowed are numbers from ${least} to ${most}`,
    );
  });
}

function textOptions(env: NodeJS.ProcessEnv): string[] {
  return TEXTS.flatMap((input) => {
    const value = textOf(env, input);
    return value === '' ? [] : [`--${input}=${value}`];
  });
}

/** One margin a line. */
function marginOptions(env: NodeJS.ProcessEnv): string[] {
  const lines = textOf(env, 'margins').split('\n');
  return lines.flatMap((line) => (line.trim() === '' ? [] : [`--margin=${line.trim()}`]));
}

function mergeBase(env: NodeJS.ProcessEnv): string {
  const base = baseOfEvent(env.GITHUB_EVENT_PATH);
  if (base === undefined) {
    throw new UserFault('option-value', 'input baseline is empty, and this is no pull request that has one', {
      hint: 'Say what to compare with: a git ref, an address or a start command.',
    });
  }
  const found = git('merge-base', base, 'HEAD');
  if (found !== undefined) return found;
  throw new UserFault('option-value', `the pull request has no merge base with ${base} in this clone`, {
    hint: 'Check out with fetch-depth: 0, so that the history of both branches is there.',
  });
}

function baseOfEvent(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined;
  const request = new JsonReader(JSON.parse(readFileSync(path, 'utf8')), 'event').at('pull_request');
  return request.isThere ? request.at('base').at('sha').text : undefined;
}

function commitOf(ref: string): string | undefined {
  return git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
}

function git(...parameters: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', parameters, { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}
