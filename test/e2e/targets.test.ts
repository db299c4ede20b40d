import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    response.writeHead('location' in away ? 302 : 200, away).end();
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
