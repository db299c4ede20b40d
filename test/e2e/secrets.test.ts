import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from '../../src/record/index.ts';
import { readSamples } from '../../src/record/samples/index.ts';
import { runArtillery } from './run-artillery.ts';

// Every secret of the test has the word canary in it. The server echoes what it gets, and answers with a token of its own for
// each user, so that errors, names of requests and redirects can carry all of them.

let folder: string;
let server: Server;
let received: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  received = '';
  server = createServer((request, response) => {
    readBody(request).then((body) => {
      received += `${request.url} ${JSON.stringify(request.headers)} ${body}\n`;
      if (request.url === '/goods') {
        const { 'x-api-key': key, authorization, cookie } = request.headers;
        response.writeHead(500, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: `no goods for ${String(key)}, ${authorization}`, cookie }));
        return;
      }
      const token = `canary-captured-${Math.random().toString(36).slice(2)}`;
      response.writeHead(200, { 'set-cookie': `session=canary-session` }).end(JSON.stringify({ key: token }));
    }, response.destroy.bind(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const PROCESSOR = `module.exports = {
  leak: async (context) => {
    const { pin, password, seen, ticket } = context.vars;
    throw new Error('cannot use ' + [pin, password, seen, ticket, process.env.SHOP_PIN].join(' and '));
  },
  issue: async (context) => { context.vars.ticket = 'canary-ticket-' + Math.random(); },
  count: async (context, events) => { events.emit('counter', 'used.' + context.vars.seen, 1); },
};`;

const CSV = `username,password
ann,canary-row-1
bob,canary-row-2
`;

function writeTest(engine = 'http'): void {
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'hooks.js'), PROCESSOR);
  writeFileSync(join(folder, 'users.csv'), CSV);
  writeFileSync(
    join(folder, 'test.yml'),
    `config:
  target: http://canary-user:canary-url-password@127.0.0.1:${port}
  phases:
    - name: Steady
      duration: 2
      arrivalRate: 5
  engine: ${engine}
  engines:
    undici: {}
  processor: hooks.js
  payload:
    path: users.csv
    fields: [username, password]
    skipHeader: true
  http:
    defaults:
      headers:
        Authorization: Bearer canary-header
  variables:
    pin: canary-pin
    apiKey: canary-variable
  plugins:
    verdict:
      validity: { enforce: false } # the machine may have other work to do
      secrets: [pin, SHOP_PIN, seen, ticket]
    expect: {}
    metrics-by-endpoint:
      groupDynamicURLs: false
scenarios:
  - name: Shop
    flow:
      - post:
          url: "/login?token=canary-query&pin={{ pin }}"
          headers:
            Cookie: basket=canary-basket
          json:
            password: "{{ password }}"
            own: "{{ $env.SHOP_PIN }}"
          capture:
            json: $.key
            as: seen
          expect:
            statusCode: 418
      - get:
          url: http://127.0.0.1:${port}/goods
          name: "Goods of {{ seen }} with {{ pin }}"
          headers:
            x-api-key: "{{ apiKey }}"
      - log: "as {{ username }} with {{ password }} and {{ seen }}"
      - function: count
      - function: issue
      - function: leak
`,
  );
}

/** Every file below a folder. */
function filesBelow(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const below = join(path, name);
    return statSync(below).isDirectory() ? filesBelow(below) : [below];
  });
}

/** A file of samples may be compressed. */
function namesInSamples(written: readonly string[]): string[] {
  const samples = written.filter((file) => file.endsWith('.arrow')).map((file) => readSamples(file));
  return samples.flatMap(({ names }) => Object.values(names).flat());
}

test.each([
  ['http', 'Goods of [redacted] with [redacted]', undefined],
  // Endpoints are called as the YAML says: no value is put into their names.
  ['undici', 'Goods of {{', '{"error":"no goods for [redacted], [redacted]","cookie":"[redacted]"}'],
])('no canary reaches anything that a run of the engine %s writes or prints', async (engine, endpoint, answer) => {
  writeTest(engine);
  const args = ['test.yml', '-v', '{"clientSecret":"canary-argument"}', '-o', 'artillery.json'];
  const env = { SHOP_PIN: 'canary-shell', OTHER_TOKEN: 'canary-other' };
  const { stdout, stderr } = await runArtillery(args, { cwd: folder, env });
  // All of them were in use.
  for (const canary of ['query', 'row-1', 'shell', 'basket', 'header', 'variable', 'pin', 'session']) {
    expect(received).toContain(`canary-${canary}`);
  }
  const written = filesBelow(join(folder, 'reports'));
  expect(written.map((file) => file.split('/').at(-1))).toEqual(expect.arrayContaining(['run.json', 'metrics.csv']));
  // User and password of the target, as a client sends them on.
  const inHeader = Buffer.from('canary-user:canary-url-password').toString('base64');
  expect(received).toContain(inHeader);
  const texts = [
    stdout,
    stderr,
    ...[...written, join(folder, 'artillery.json')].map((file) => readFileSync(file, 'utf8')),
    ...namesInSamples(written),
  ];
  for (const text of texts) {
    expect(text.match(/.{0,60}canary.{0,40}/g) ?? []).toEqual([]);
    expect(text).not.toContain(inHeader);
  }
  // What is left can still be told apart.
  expect(stdout).toContain('cannot use [redacted] and [redacted]');
  expect(texts.join('\n')).toContain(endpoint);
  const { errorExamples = [] } = readRun(join(folder, 'reports', 'latest'));
  expect(errorExamples.find(({ kind }) => kind === '500')?.said).toBe(answer);
  expect(errorExamples.find(({ kind }) => kind.startsWith('cannot use [redacted]'))?.journey).toBe('Shop');
});

test('a check and a plan quote no canary either', async () => {
  writeTest();
  const file = join(folder, 'test.yml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace(
        'pin: canary-pin',
        'pin: canary-pin\n    basket: { mine: [canary-pin, canary-basket], size: "{{ none }}" }',
      )
      .replace('x-api-key: "', 'x-query: "/?token=canary-query&q={{ nothing }}"\n            x-api-key: "'),
  );
  const command = fileURLToPath(new URL('../../src/cli/proving-ground.js', import.meta.url));
  for (const parameters of [['check'], ['check', '--format', 'json'], ['check', '--format', 'sarif'], ['plan']]) {
    const run = promisify(execFile)(process.execPath, [command, ...parameters, file], {
      env: { PATH: process.env.PATH, GITHUB_ACTIONS: 'true', SHOP_PIN: 'canary-shell' },
    });
    const { stdout, stderr } = await run.catch((thrown: { stdout: string; stderr: string }) => thrown);
    expect(stdout).toContain('[redacted]');
    expect(`${stdout}${stderr}`.match(/.{0,60}canary.{0,40}/g) ?? []).toEqual([]);
  }
});
