import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ARTILLERYS, OURS } from '../../bench/engine/artillery-generators.ts';
import type { Row } from '../../bench/engine/comparison.ts';
import type { Generator, Job } from '../../bench/engine/job.ts';
import { OTHERS } from '../../bench/engine/other-generators.ts';
import { startSession } from '../../bench/measure/session.ts';
import { ANSWERS } from '../../bench/targets/target.ts';

const BENCH = fileURLToPath(new URL('../../bench/engine.ts', import.meta.url));
const JSON_TYPE = /^application\/json/;
const GENERATORS = [OURS, ARTILLERYS, ...OTHERS].filter((generator) => generator.isInstalled());

interface Output {
  readonly rows: readonly Row[];
  readonly failures: readonly string[];
}

test("our engine needs a small part of the CPU time of Artillery's, by the short bench", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--short', '--json'], { encoding: 'utf8' });
  expect({ status, failed: stderr.match(/^failed.*/gm) }).toEqual({ status: 0, failed: null });
  const { rows, failures } = JSON.parse(stdout) as Output;
  expect(failures).toEqual([]);
  expect(rows.map(({ generator, workload, load }) => `${generator}: ${workload}, ${load}`)).toEqual([
    "Artillery's http engine: bare, saturated",
    'artillery-engine-undici: bare, saturated',
    'undici request loop: bare, saturated',
    "Artillery's http engine: post, saturated",
    'artillery-engine-undici: post, saturated',
    'undici request loop: post, saturated',
    "Artillery's http engine: journeys, saturated",
    'artillery-engine-undici: journeys, saturated',
  ]);
  for (const { requestsPerCpuSecond, requestsPerSec, utilisation } of rows) {
    expect(requestsPerCpuSecond.median).toBeGreaterThan(0);
    expect(requestsPerSec.median).toBeGreaterThan(0);
    expect(utilisation.median).toBeGreaterThan(0);
  }
  const ratio = (workload: string): number | undefined =>
    rows.find((row) => row.generator === OURS.name && row.workload === workload)?.toArtillery?.median;
  // Far below what is measured on a quiet machine; below this the engine has lost what it is for.
  expect(ratio('bare')).toBeGreaterThan(5);
  expect(ratio('post')).toBeGreaterThan(3);
  expect(ratio('journeys')).toBeGreaterThan(1);
});

test("Artillery's own engine runs the peak test in the bench, whatever engine that test names", () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-test-'));
  try {
    const job = { workload: 'journeys', load: 'saturated', url: 'http://127.0.0.1:1', folder } as const;
    ARTILLERYS.command(job);
    const { config, scenarios } = JSON.parse(readFileSync(join(folder, 'test.json'), 'utf8'));
    expect(config).not.toHaveProperty('engine');
    expect(config).not.toHaveProperty('engines');
    expect(Object.keys(config.plugins)).toEqual(['metrics-by-endpoint']);
    expect(scenarios.length).toBeGreaterThan(5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a generator sends first, against a server that answers as the targets of the bench do. */
async function firstRequests(
  generator: Generator,
  job: Pick<Job, 'workload' | 'load'>,
  count: number,
): Promise<Received[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-test-'));
  const received: Received[] = [];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      if (received.length === count) resolve();
      response.setHeader('content-type', 'application/json').end(url === '/items' ? ANSWERS['/items'] : ANSWERS['/']);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { argv, env = {} } = generator.command({ ...job, url, folder });
  const session = startSession(argv, { cwd: folder, env, logFile: join(folder, 'output.log') });
  try {
    await Promise.race([enough, session.ended.then(() => expect(session.output()).toBe('still running'))]);
  } finally {
    await session.stop();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return received.slice(0, count);
}

test.each(GENERATORS.filter((generator) => generator.can('post', 'saturated')))(
  '$name sends a new body with each POST, and what it took from an answer in the next',
  async (generator) => {
    const requests = await firstRequests(generator, { workload: 'post', load: 'saturated' }, 300);
    for (const { method, url, headers, body } of requests) {
      const type = headers['content-type'];
      expect({ method, url, type }).toEqual({ method: 'POST', url: '/items', type: expect.stringMatching(JSON_TYPE) });
      expect(JSON.parse(body)).toEqual({
        name: expect.stringMatching(/^Item \d+$/),
        parent: headers['x-item'],
        source: 'bench',
        tags: ['one', 'two'],
      });
    }
    expect(new Set(requests.map(({ body }) => body)).size).toBe(requests.length);
    // The first request of each of the 50 users has nothing to take over.
    const later = requests.filter(({ headers }) => headers['x-item'] !== 'none');
    expect(later.length).toBeGreaterThan(200);
    expect(new Set(later.map(({ headers }) => `${headers.authorization} ${String(headers['x-item'])}`))).toEqual(
      new Set(['Bearer 0f9e8d7c6b5a a1b2c3d4']),
    );
  },
);

// What Artillery's engine and ours send is seen in the POSTs, and the short bench runs their bare GETs.
test.each(OTHERS.filter((generator) => generator.isInstalled() && generator.can('bare', 'saturated')))(
  '$name sends bare GETs',
  async (generator) => {
    const requests = await firstRequests(generator, { workload: 'bare', load: 'saturated' }, 20);
    expect(new Set(requests.map(({ method, url, body }) => `${method} ${url} ${body}`))).toEqual(new Set(['GET / ']));
  },
);
