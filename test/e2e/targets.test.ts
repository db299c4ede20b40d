import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runArtillery } from './run-artillery.ts';

// Addresses that are reserved for documentation (RFC 5737, RFC 2606): nobody is there, and none of them is ever reached.
const FOREIGN = 'http://192.0.2.1';

let folder: string;
let server: Server;
let requests: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'targets-'));
  requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    const away = request.url === '/away' ? { location: `${FOREIGN}/landed` } : {};
    response
      .writeHead('location' in away ? 302 : 200, { 'set-cookie': 'session=canary-cookie', ...away })
      .end('{"token":"canary-captured"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function writeTest(flow: string, config = ''): string {
  writeFileSync(
    join(folder, 'test.yml'),
    `config:
  target: ${url()}
  phases:
    - duration: 2
      arrivalRate: 5
  plugins:
    verdict: {}
${config}
scenarios:
  - flow:
${flow}
`,
  );
  return 'test.yml';
}

const PLAIN = '      - get:\n          url: /';

describe('only this machine and listed hosts are loaded', () => {
  test('not what --target names', async () => {
    const { exitCode, stderr } = await runArtillery([writeTest(PLAIN), '--target', 'http://shop.example'], {
      cwd: folder,
    });
    expect(stderr).toMatch(
      /^error: shop\.example may not be loaded: it is not this machine and not listed in targets\.yml$/m,
    );
    expect(exitCode).toBe(2);
  });

  test('not what an environment names, and its line is shown', async () => {
    const environments = '  environments:\n    live:\n      target: http://shop.example';
    const { exitCode, stderr } = await runArtillery([writeTest(PLAIN, environments), '-e', 'live'], { cwd: folder });
    expect(stderr).toMatch(/^error: test\.yml:10:15 shop\.example may not be loaded/m);
    expect(exitCode).toBe(2);
  });

  test('not a production host whose name was not given', async () => {
    writeFileSync(
      join(folder, 'targets.yml'),
      'targets:\n  - name: Shop\n    address: shop.example\n    production: true\n',
    );
    const { exitCode, stderr } = await runArtillery([writeTest(PLAIN), '--target', 'http://shop.example'], {
      cwd: folder,
    });
    expect(stderr).toMatch(
      /shop\.example is production \(Shop in targets\.yml\)\n {2}To load it all the same, name it: CONFIRM_PRODUCTION=shop\.example/,
    );
    expect(exitCode).toBe(2);
  });

  test('not where a redirect leads', async () => {
    const { exitCode, stdout, stderr } = await runArtillery([writeTest('      - get:\n          url: /away')], {
      cwd: folder,
    });
    expect(stderr).toMatch(/error: 192\.0\.2\.1 may not be loaded/);
    expect(stdout).toMatch(/^Verdict: FAILED \(192\.0\.2\.1 may not be loaded/m);
    expect(exitCode).toBe(2);
  });

  test('not what a hook makes of a URL, nor what a processor fetches', async () => {
    const processor = `module.exports = {
  away: (request, context, events, done) => { request.url = '${FOREIGN}/'; done(); },
  fetchAway: async () => { await fetch('${FOREIGN}/').catch(() => undefined); },
};`;
    for (const flow of [
      '      - get:\n          url: /\n          beforeRequest: away',
      '      - function: fetchAway',
    ]) {
      writeFileSync(join(folder, 'hooks.js'), processor);
      const { exitCode, stderr } = await runArtillery([writeTest(flow, '  processor: hooks.js')], { cwd: folder });
      expect(stderr).toMatch(/error: 192\.0\.2\.1 may not be loaded/);
      expect(exitCode).toBe(2);
    }
    expect(requests).toBe(0);
  });
});

test('secrets reach nothing that a run writes or prints', async () => {
  const config = `  http:
    defaults:
      headers:
        Authorization: Bearer canary-header
  variables:
    apiKey: canary-variable
    password: canary-password`;
  const flow = `      - post:
          url: /login?token=canary-query
          json:
            password: "{{ password }}"
          capture:
            json: $.token
            as: token
      - get:
          url: /
          headers:
            Cookie: canary-own-cookie
            x-api-key: "{{ apiKey }}"`;
  const args = [writeTest(flow, config), '-v', '{"clientSecret":"canary-argument"}'];
  const { exitCode, stdout, stderr } = await runArtillery(args, {
    cwd: folder,
    env: { SHOP_TOKEN: 'canary-environment' },
  });
  expect(exitCode).toBe(0);
  const latest = join(folder, 'reports/latest');
  const written = readdirSync(latest).map((name) => readFileSync(join(latest, name), 'utf8'));
  expect(written.length).toBeGreaterThan(1);
  for (const text of [stdout, stderr, ...written]) expect(text.match(/canary-[a-z-]+/g) ?? []).toEqual([]);
});
