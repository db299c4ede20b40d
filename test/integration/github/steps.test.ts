import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { gateExample, inconclusiveExample, regressedExample } from '../../../scripts/github/testing/gate-example.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'github-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A gate that ends as it is told to, in the place where the real one is installed. */
function installGate(exitCode: number, result: unknown): void {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  const program = join(folder, 'node_modules/.bin/proving-ground');
  const save = `fs.mkdirSync('out',{recursive:true});fs.writeFileSync('out/gate.json',${JSON.stringify(JSON.stringify(result))});`;
  const body = `const fs=require('fs');console.log('::error::forged');fs.writeFileSync('arguments.json',JSON.stringify(process.argv.slice(2)));`;
  writeFileSync(
    program,
    `#!/usr/bin/env node\n${body}${result === undefined ? '' : save}process.exitCode=${exitCode}\n`,
  );
  chmodSync(program, 0o755);
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
  readonly output: string;
  readonly summary: string;
}

async function runStep(script: string, env: Record<string, string>): Promise<Ended> {
  for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '');
  const child = spawn(process.execPath, [resolve('scripts/github', script)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { code, text, output: read('output'), summary: read('summary') };
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
  const ended = await runStep('performance-gate.ts', GATE);
  expect(ended).toMatchObject({ code });
  expect(ended.output).toMatch(new RegExp(`^verdict<<(\\S+)\\n${verdict}\\n\\1$`, 'm'));
  expect(ended.text).toMatch(/^::stop-commands::(\S+)\n::error::forged\n\n::\1::$/m);
});

test('an input is an argument, whatever is in it', async () => {
  installGate(0, gateExample());
  await runStep('performance-gate.ts', { ...GATE, GATE_START: '$(touch owned); `x` "y"', GATE_MINUTES: '5' });
  const given: unknown = JSON.parse(readFileSync(join(folder, 'arguments.json'), 'utf8'));
  expect(given).toEqual(expect.arrayContaining(['--minutes', '5', '--start=$(touch owned); `x` "y"']));
});

test('without a baseline and without a pull request nothing is run', async () => {
  installGate(0, gateExample());
  const ended = await runStep('performance-gate.ts', { ...GATE, GATE_BASELINE: '' });
  expect(ended.code).toBe(2);
  expect(ended.text).toContain('input baseline is empty');
});

test.each([
  ['makes the comment', 0, 'success', ['POST /repos/o/r/issues/7/comments']],
  ['changes it in place, also on the second page', 130, 'success', ['PATCH /repos/o/r/issues/comments/129']],
])('the comment on a pull request from a fork: %s', async (_title, comments, conclusion, expected) => {
  const calls: string[] = [];
  const all = Array.from({ length: comments }, (_, id) => ({
    id,
    user: { login: id === 129 ? 'github-actions[bot]' : 'mallory' },
    body: '<!-- proving-ground performance-gate -->',
  }));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    if (request.method !== 'GET') calls.push(`${request.method} ${url.pathname}`);
    const page = Number(url.searchParams.get('page') ?? '1');
    const pulls = url.searchParams.get('head') === 'mallory:fix' ? [{ number: 7, head: { sha: 'abc' } }] : [];
    const list = url.pathname.endsWith('/pulls') ? pulls : all.slice((page - 1) * 100, page * 100);
    response.end(JSON.stringify(request.method === 'GET' ? list : {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
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
  writeFileSync(join(folder, 'gate.json'), JSON.stringify(gateExample()));
  const ended = await runStep('post-comment.ts', {
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GATE_RESULT: join(folder, 'gate.json'),
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  server.close();
  expect({ code: ended.code, calls }).toEqual({ code: 0, calls: expected });
});
