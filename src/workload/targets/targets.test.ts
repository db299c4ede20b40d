import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import { addressOf, isLoopback, targetFor } from './address.ts';
import { checkTargets } from './check-targets.ts';
import { readTargets, type Target } from './target-list.ts';
import { createTargetPolicy } from './target-policy.ts';

const STAGING: Target = { name: 'Staging', address: '*.staging.example', production: false, maxArrivalRate: 50 };
const SHOP: Target = { name: 'Shop', address: 'shop.example:443', production: true, maxArrivalRate: undefined };
const LIST = { file: 'artillery/targets.yml', targets: [STAGING, SHOP] };

describe('isLoopback', () => {
  test.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', 'api.localhost', '::1', '[::1]', '::ffff:127.0.0.1'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback({ host })).toBe(true);
    },
  );

  test.each(['0.0.0.0', '128.0.0.1', '127.0.0.1.example', 'localhost.example', '10.0.0.1', '::2', 'notlocalhost', ''])(
    '%s is not',
    (host) => {
      expect(isLoopback({ host })).toBe(false);
    },
  );
});

describe('targetFor', () => {
  const find = (url: string): string | undefined => {
    const address = addressOf(url);
    return address && targetFor(address, LIST.targets)?.name;
  };

  test('lets * stand for exactly one label of a host', () => {
    expect(find('https://api.staging.example/x')).toBe('Staging');
    expect(find('https://API.staging.example.:8080')).toBe('Staging');
    expect(find('https://a.b.staging.example')).toBeUndefined();
    expect(find('https://staging.example')).toBeUndefined();
    expect(find('https://evil-staging.example')).toBeUndefined();
  });

  test('compares the port where the pattern has one, with the default of the protocol', () => {
    expect(find('https://shop.example')).toBe('Shop');
    expect(find('http://shop.example')).toBeUndefined();
    expect(find('https://shop.example:8443')).toBeUndefined();
  });

  test('sees through user names in an address', () => {
    expect(find('https://api.staging.example@evil.example/')).toBeUndefined();
  });
});

describe('createTargetPolicy', () => {
  const decide = (host: string, confirmed?: string) => createTargetPolicy(LIST, confirmed)({ host, port: 443 });

  test('allows this machine and what is listed', () => {
    expect(decide('127.0.0.1').allowed).toBe(true);
    expect(decide('api.staging.example')).toEqual({ allowed: true, target: STAGING });
  });

  test('refuses any other host, and says where to list it', () => {
    expect(decide('example.com')).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('not listed in artillery/targets.yml'),
    });
  });

  test('wants the name of a production host', () => {
    expect(decide('shop.example')).toMatchObject({
      allowed: false,
      hint: expect.stringContaining('CONFIRM_PRODUCTION=shop.example'),
    });
    expect(decide('shop.example', 'yes').allowed).toBe(false);
    expect(decide('shop.example', 'shop.example').allowed).toBe(true);
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'targets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Record<string, string>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return join(folder, 'test.yml');
  }

  function faultOf(work: () => unknown): UserFault {
    try {
      work();
    } catch (thrown) {
      if (thrown instanceof UserFault) return thrown;
      throw thrown;
    }
    throw new Error('no fault was found');
  }

  test('targets.yml is read beside the test', () => {
    const file = write({
      'targets.yml': 'targets:\n  - name: Staging\n    address: staging.example\n    production: false\n',
    });
    expect(readTargets(file).targets).toEqual([
      { name: 'Staging', address: 'staging.example', production: false, maxArrivalRate: undefined },
    ]);
  });

  test('a targets.yml with a mistake is refused with its line', () => {
    const file = write({
      'targets.yml': 'targets:\n  - name: Staging\n    address: https://staging.example\n    production: false\n',
    });
    const fault = faultOf(() => readTargets(file));
    expect(fault.code).toBe('targets-shape');
    expect(fault.message).toMatch(/targets\.yml:3:14 targets\.0\.address: must be a host or host:port, without http/);
  });

  const policy = createTargetPolicy(LIST, undefined);
  const check = (file: string, target: string, phases: unknown = []) =>
    faultOf(() => checkTargets({ file, target, environment: undefined, phases }, policy));

  test('a test is refused at the line that names the host', () => {
    const file = write({ 'test.yml': 'config:\n  target: https://example.com\nscenarios: []\n' });
    expect(check(file, 'https://example.com').message).toMatch(/test\.yml:2:11 example\.com may not be loaded/);
  });

  test('an absolute URL of a step is found in an included journey', () => {
    const file = write({
      'test.yml': 'config:\n  target: http://127.0.0.1:1\nscenarios:\n  - flow:\n      - include: journeys/a.yml\n',
      'journeys/a.yml': 'flow:\n  - get:\n      url: https://example.com/x\n',
    });
    expect(check(file, 'http://127.0.0.1:1').message).toMatch(/a\.yml:3:12 example\.com may not be loaded/);
  });

  test('an arrival rate above the limit of the target is refused, one at the limit is not', () => {
    const file = write({
      'test.yml':
        'config:\n  target: https://a.staging.example\n  phases:\n    - duration: 1\n      arrivalRate: 51\nscenarios: []\n',
    });
    expect(check(file, 'https://a.staging.example', [{ arrivalRate: 51 }]).message).toMatch(
      /test\.yml:5:20 arrivalRate 51 is more than a\.staging\.example may get: 50/,
    );
    expect(check(file, 'https://a.staging.example', [{ arrivalRate: 1, rampTo: 51 }]).message).toMatch(/rampTo 51/);
    const atLimit = {
      file,
      target: 'https://a.staging.example',
      environment: undefined,
      phases: [{ arrivalRate: 50 }],
    };
    expect(() => checkTargets(atLimit, policy)).not.toThrow();
  });
});
