import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

/** How a step ended, and what it told the job. */
export interface Ended {
  readonly code: number | null;
  readonly text: string;
  readonly output: string;
  readonly summary: string;
}

/** A step that is going on. */
export interface Step {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a script as a step of a job does, in a folder of its own. @param folder is where it runs. */
export function startStep(folder: string, script: string, env: Readonly<Record<string, string>>): Step {
  for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '');
  const child = spawn(process.execPath, [resolve('scripts/github', script)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => done({ code, text, output: read('output'), summary: read('summary') }));
  });
  return { child, ended };
}

/** Runs a script to its end. */
export function runStep(folder: string, script: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return startStep(folder, script, env).ended;
}

/** Puts a program where the step expects that of an installed package. @param body JavaScript (CommonJS). */
export function installProgram(folder: string, name: string, body: string): void {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  const program = join(folder, 'node_modules/.bin', name);
  writeFileSync(program, `#!/usr/bin/env node\n${body}\n`);
  chmodSync(program, 0o755);
}

/** One request to the API of GitHub. */
export interface ApiCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
}

/** A server that answers like the API of GitHub. */
export interface FakeGithub {
  readonly url: string;
  /** In their order. */
  readonly calls: readonly ApiCall[];
  close(): void;
}

/** @param answer undefined: 404. */
export async function startGithub(answer: (call: ApiCall) => unknown): Promise<FakeGithub> {
  const calls: ApiCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const call = {
        method: request.method ?? '',
        path: request.url ?? '/',
        body: text === '' ? undefined : JSON.parse(text),
      };
      calls.push(call);
      const content = answer(call);
      response.statusCode = content === undefined ? 404 : 200;
      response.end(JSON.stringify(content ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, close: () => server.close() };
}
