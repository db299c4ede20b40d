import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gateExample, inconclusiveExample, regressedExample } from '../../../scripts/github/testing/gate-example.ts';
import { type ApiCall, type Ended, installProgram, runStep, startGithub, startStep } from './run-step.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'github-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A gate that ends as it is told to. */
function installGate(exitCode: number, result: unknown): void {
  const save = `fs.mkdirSync('out',{recursive:true});fs.writeFileSync('out/gate.json',${JSON.stringify(JSON.stringify(result))});`;
  const body = `const fs=require('fs');console.log('::error::forged');fs.writeFileSync('arguments.json',JSON.stringify(process.argv.slice(2)));`;
  installProgram(folder, 'proving-ground', `${body}${result === undefined ? '' : save}process.exitCode=${exitCode}`);
}

const GATE = {
  GATE_TEST: 'artillery/smoke.yml',
  GATE_BASELINE: 'ref:main',
  GATE_CANDIDATE: 'ref:x',
  GATE_OUTPUT: 'out',
};

test.each<[title: string, gateCode: number, result: unknown, code: number, verdict: string]>([
  ['pass', 0, gateExample(), 0, 'unchanged'],
  ['regress', 3, regressedExample(), 3, 'regressed'],
  ['inconclusive', 5, inconclusiveExample(), 0, 'inconclusive'],
  ['no result', 0, undefined, 70, 'no verdict'],
  ['cancelled', 130, inconclusiveExample({ exitCode: 130 }), 130, 'cancelled'],
])('the step of the action: %s', async (_title, gateCode, result, code, verdict) => {
  installGate(gateCode, result);
  const ended = await runStep(folder, 'performance-gate.ts', GATE);
  expect(ended).toMatchObject({ code });
  expect(ended.output).toMatch(new RegExp(`^verdict<<(\\S+)\\n${verdict}\\n\\1$`, 'm'));
  expect(ended.text).toMatch(/^::stop-commands::(\S+)\n::error::forged\n\n::\1::$/m);
});

test('an input is an argument, whatever is in it', async () => {
  installGate(0, gateExample());
  await runStep(folder, 'performance-gate.ts', { ...GATE, GATE_START: '$(touch owned); `x` "y"', GATE_MINUTES: '5' });
  const given: unknown = JSON.parse(readFileSync(join(folder, 'arguments.json'), 'utf8'));
  expect(given).toEqual(expect.arrayContaining(['--minutes', '5', '--start=$(touch owned); `x` "y"']));
});

test('without a baseline and without a pull request nothing is run', async () => {
  installGate(0, gateExample());
  const ended = await runStep(folder, 'performance-gate.ts', { ...GATE, GATE_BASELINE: '' });
  expect(ended.code).toBe(2);
  expect(ended.text).toContain('input baseline is empty');
});

test.each<[NodeJS.Signals, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s, which cancels a job, reaches the gate, whose report is kept', async (signal, code) => {
  const result = JSON.stringify(JSON.stringify(inconclusiveExample({ exitCode: code })));
  // It ends by itself, as the gate does, after it has written what it has.
  const onSignal = `process.on('${signal}',()=>{fs.mkdirSync('out',{recursive:true});fs.writeFileSync('out/gate.json',${result});process.exit(${code})})`;
  installProgram(
    folder,
    'proving-ground',
    `const fs=require('fs');${onSignal};setInterval(()=>{},1000);console.log('gate has begun')`,
  );
  const { child, ended } = startStep(folder, 'performance-gate.ts', GATE);
  await new Promise<void>((begun) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('gate has begun')) begun();
    });
  });
  child.kill(signal);
  const { code: stepCode, output } = await ended;
  expect(stepCode).toBe(code);
  expect(output).toMatch(/^verdict<<(\S+)\ncancelled\n\1$/m);
  expect(readFileSync(join(folder, 'out/gate.json'), 'utf8')).toContain('"inconclusive"');
});

/** A clone of a repository in which a branch left main after its first commit, and both went on. */
function cloneOfBranch(): { readonly clone: string; readonly base: string; readonly main: string } {
  const origin = join(folder, 'origin');
  const git = (cwd: string, ...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd, encoding: 'utf8' }).trim();
  mkdirSync(origin);
  git(origin, 'init', '--quiet', '--initial-branch=main');
  const commit = (message: string): string => {
    git(origin, 'commit', '--quiet', '--allow-empty', '-m', message);
    return git(origin, 'rev-parse', 'HEAD');
  };
  const base = commit('where they part');
  git(origin, 'checkout', '--quiet', '-b', 'fix');
  commit('a fix');
  git(origin, 'checkout', '--quiet', 'main');
  const main = commit('main went on');
  const clone = join(folder, 'clone');
  git(folder, 'clone', '--quiet', '--branch', 'fix', `file://${origin}`, clone);
  return { clone, base, main };
}

test('without a baseline it is the merge base of the pull request, and not where main is now', async () => {
  const { clone, base, main } = cloneOfBranch();
  writeFileSync(join(clone, 'event.json'), JSON.stringify({ pull_request: { base: { sha: main } } }));
  const body = `require('fs').writeFileSync('arguments.json',JSON.stringify(process.argv.slice(2)))`;
  installProgram(clone, 'proving-ground', body);
  const { GATE_BASELINE: _, GATE_CANDIDATE: __, ...inputs } = GATE;
  await runStep(clone, 'performance-gate.ts', { ...inputs, GITHUB_EVENT_PATH: join(clone, 'event.json') });
  const given: unknown = JSON.parse(readFileSync(join(clone, 'arguments.json'), 'utf8'));
  expect(given).toEqual(expect.arrayContaining(['--baseline', `ref:${base}`]));
});

test('a clone without the commit where they parted is told, and nothing is run', async () => {
  const { clone, main } = cloneOfBranch();
  const shallow = join(folder, 'shallow');
  execFileSync('git', [
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--branch',
    'fix',
    `file://${join(folder, 'origin')}`,
    shallow,
  ]);
  writeFileSync(join(clone, 'event.json'), JSON.stringify({ pull_request: { base: { sha: main } } }));
  installProgram(shallow, 'proving-ground', `require('fs').writeFileSync('arguments.json','')`);
  const { GATE_BASELINE: _, ...inputs } = GATE;
  const ended = await runStep(shallow, 'performance-gate.ts', {
    ...inputs,
    GITHUB_EVENT_PATH: join(clone, 'event.json'),
  });
  expect(ended.code).toBe(2);
  expect(ended.text).toContain('has no merge base with');
  expect(ended.text).toContain('fetch-depth: 0');
  expect(existsSync(join(shallow, 'arguments.json'))).toBe(false);
});

/** Comments on pull request 7, which a fork made and which ends with the commit `abc`. */
async function comment(
  conclusion: string,
  artifact: string | undefined,
  comments: readonly unknown[] = [],
  head = 'abc',
): Promise<Ended & { readonly sent: readonly ApiCall[] }> {
  const github = await startGithub(({ method, path }) => {
    if (method !== 'GET') return {};
    const url = new URL(path, 'http://x');
    const page = Number(url.searchParams.get('page') ?? '1');
    const pulls = url.searchParams.get('head') === 'mallory:fix' ? [{ number: 7, head: { sha: head } }] : [];
    return url.pathname.endsWith('/pulls') ? pulls : comments.slice((page - 1) * 100, page * 100);
  });
  const event = {
    repository: { full_name: 'o/r' },
    workflow_run: {
      head_sha: 'abc',
      head_branch: 'fix',
      head_repository: { owner: { login: 'mallory' } },
      conclusion,
      html_url: 'https://github.example/run/1',
    },
  };
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
  if (artifact !== undefined) writeFileSync(join(folder, 'gate.json'), artifact);
  const ended = await runStep(folder, 'post-comment.ts', {
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GATE_RESULT: join(folder, 'gate.json'),
    GITHUB_API_URL: github.url,
  });
  github.close();
  return { ...ended, sent: github.calls.filter(({ method }) => method !== 'GET') };
}

test.each([
  ['makes the comment', 0, ['POST /repos/o/r/issues/7/comments']],
  ['changes it in place, also on the second page', 130, ['PATCH /repos/o/r/issues/comments/129']],
])('the comment on a pull request from a fork: %s', async (_title, comments, expected) => {
  const all = Array.from({ length: comments }, (_, id) => ({
    id,
    user: { login: id === 129 ? 'github-actions[bot]' : 'mallory' },
    body: '<!-- proving-ground performance-gate -->',
  }));
  const { code, sent } = await comment('success', JSON.stringify(gateExample()), all);
  expect({ code, calls: sent.map(({ method, path }) => `${method} ${path}`) }).toEqual({ code: 0, calls: expected });
});

test.each<[title: string, conclusion: string, artifact: string | undefined, says: RegExp, log: RegExp]>([
  ['a cancelled job', 'cancelled', undefined, /no verdict\nNothing was decided: the job was cancelled/, /up to date/],
  [
    'a cancelled job that left a green result',
    'cancelled',
    JSON.stringify(gateExample()),
    /no verdict\nNothing was decided: the job was cancelled/,
    /up to date/,
  ],
  ['a failed job without a result', 'failure', undefined, /the job ended as failure and left none/, /up to date/],
  ['a green result of a failed job', 'failure', JSON.stringify(gateExample()), /no verdict/, /up to date/],
  ['an artifact that is no JSON', 'success', '{"answer":', /no verdict/, /::warning title=The result cannot be read::/],
  [
    'an artifact of another shape',
    'success',
    '{"answer":7}',
    /no verdict/,
    /::warning title=The result cannot be read::/,
  ],
])('the comment on a pull request: %s is no verdict', async (_title, conclusion, artifact, says, log) => {
  const { code, sent, text } = await comment(conclusion, artifact);
  expect(code).toBe(0);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body).toEqual({ body: expect.stringMatching(says) });
  expect(text).toMatch(log);
});

test('a pull request that went on is not commented on with what its older commit measured', async () => {
  const { code, sent, text } = await comment('success', JSON.stringify(gateExample()), [], 'newer');
  expect({ code, sent }).toEqual({ code: 0, sent: [] });
  expect(text).toContain('::notice::No open pull request ends with abc');
});
