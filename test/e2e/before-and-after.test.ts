import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, runArtillery } from './run-artillery.ts';

// An address that is reserved for documentation (RFC 5737): nobody is there.
const FOREIGN = 'http://192.0.2.1';

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'before-after-'));
  target = await startCountingTarget((path) => {
    if (path === '/redirect') return { status: 302, location: `${FOREIGN}/landed` };
    return path === '/token' ? { body: '{"token":"canary-1"}' } : {};
  });
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

const PROCESSOR = `module.exports = {
  away: (request, context, events, done) => { request.url = '${FOREIGN}/'; done(); },
  fetchAway: async () => { await fetch('${FOREIGN}/').catch(() => undefined); },
  fetchLater: async () => { setTimeout(() => fetch('${FOREIGN}/').catch(() => undefined), 50); await new Promise((resolve) => setTimeout(resolve, 300)); },
  lose: async (context) => { throw new Error('lost ' + context.vars.token); },
};`;

/** A plugin whose own business in the main process leads elsewhere, all the time. */
const REPORTER = `const { connect } = require('node:net');
const { appendFileSync } = require('node:fs');
exports.Plugin = class {
  constructor() {
    if (process.env.LOCAL_WORKER_ID) return;
    const timer = setInterval(() => {
      const socket = connect({ host: '192.0.2.1', port: 80 });
      socket.on('error', (error) => appendFileSync('reporter.txt', String(error.code)));
      setTimeout(() => socket.destroy(), 30);
      appendFileSync('reporter.txt', '.');
    }, 50);
    timer.unref();
  }
};`;

interface Parts {
  readonly before?: string;
  readonly after?: string;
  readonly plugins?: string;
  /** Of `before` and `after`. */
  readonly engine?: 'http' | 'undici';
}

async function run({ before, after, plugins = '', engine = 'http' }: Parts): Promise<ArtilleryResult> {
  const hook = (name: string, flow: string | undefined): string =>
    flow === undefined ? '' : `${name}:\n  engine: ${engine}\n  flow:\n${flow}\n`;
  const files = {
    'hooks.js': PROCESSOR,
    'plugins/artillery-plugin-reporter/index.js': REPORTER,
    'test.yml': `config:
  target: ${target.url}
  engines:
    undici: {}
  phases:
    - duration: 1
      arrivalRate: 5
  processor: hooks.js
  plugins:
    verdict:
      validity:
        enforce: false # this machine may have other work to do
${plugins}
${hook('before', before)}${hook('after', after)}scenarios:
  - flow:
      - get:
          url: /work
`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return runArtillery(['test.yml'], { cwd: folder, env: { ARTILLERY_PLUGIN_PATH: join(folder, 'plugins') } });
}

const AWAY: readonly (readonly [string, string])[] = [
  ['a redirect', '    - get:\n        url: /redirect'],
  ['a URL that a hook sets', '    - get:\n        url: /start\n        beforeRequest: away'],
  ['what a function fetches', '    - function: fetchAway'],
  ['what a function fetches later', '    - function: fetchLater'],
];

function expectPlainWords({ stdout, stderr }: ArtilleryResult): void {
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

describe('before and after lead only where load may go', () => {
  test.each(AWAY)('%s in before ends the run before any load', async (_what, flow) => {
    const result = await run({ before: flow });
    expect(result.stderr).toMatch(
      /^error: before: 192\.0\.2\.1 may not be loaded: .* not listed in targets\.yml\n {2}If you may/m,
    );
    expect(result.exitCode).toBe(2);
    expect(target.requests.get('/work')).toBeUndefined();
    expectPlainWords(result);
  });

  test('and in after it is refused too, whatever the run was', async () => {
    const result = await run({ after: '    - get:\n        url: /redirect' });
    expect(result.stdout).toMatch(/^Verdict: PASSED/m);
    expect(result.stderr).toMatch(/^error: after: 192\.0\.2\.1 may not be loaded/m);
    expect(result.exitCode).toBe(2);
    expectPlainWords(result);
  });

  test('while other plugins go where they like', async () => {
    const result = await run({
      before: '    - get:\n        url: /set-up\n    - think: 1',
      after: '    - get:\n        url: /clear-up',
      plugins: '    reporter: {}',
    });
    expect(result.stderr).not.toContain('may not be loaded');
    expect(result.exitCode).toBe(0);
    expect(Object.fromEntries(target.requests)).toEqual({ '/set-up': 1, '/work': 5, '/clear-up': 1 });
    const reporter = readFileSync(join(folder, 'reporter.txt'), 'utf8');
    expect(reporter.split('.').length).toBeGreaterThan(10);
    expect(reporter).not.toContain('ERR_TARGET_NOT_ALLOWED');
  });
});

describe('a step that fails is said in plain words, without its secrets', () => {
  const LOSE =
    '    - post:\n        url: /token\n        capture:\n          json: $.token\n          as: token\n    - function: lose';

  test('in before: no load is sent', async () => {
    const result = await run({ before: LOSE });
    expect(result.stderr).toMatch(/^error: before failed: lost \[redacted\]; no load was sent$/m);
    expect(result.exitCode).toBe(1);
    expect(target.requests.get('/work')).toBeUndefined();
    expectPlainWords(result);
  });

  test('in after, in the engine undici: the run keeps its verdict and does not exit with 0', async () => {
    const result = await run({ after: LOSE, engine: 'undici' });
    expect(result.stdout).toMatch(/^Verdict: PASSED/m);
    expect(result.stderr).toMatch(/^error: after failed: lost \[redacted\]; what it was to clear up is still there$/m);
    expect(result.exitCode).toBe(1);
    expectPlainWords(result);
  });
});
