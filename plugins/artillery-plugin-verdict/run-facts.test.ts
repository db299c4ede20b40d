import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationOf, replayCommand, testOf } from './run-facts.ts';

describe('replayCommand', () => {
  test('repeats the command with its seed, quoted for a shell', () => {
    expect(replayCommand('42', ['run', 'artillery/peak.yml', '--name', "Friday's run"])).toBe(
      `SEED=42 npx artillery run artillery/peak.yml --name 'Friday'\\''s run'`,
    );
  });

  test('says no secret', () => {
    const words = [
      'run',
      'a.yml',
      '-v',
      '{"password":"hunter2","size":3}',
      '--key',
      'a9_secret',
      '-t',
      'https://me:pw@host/',
    ];
    const command = replayCommand('1', words);
    expect(command).not.toMatch(/hunter2|a9_secret|me:pw/);
    expect(command).toContain('"size":3');
  });
});

test('the configuration leaves out rows of files and redacts secrets', () => {
  const config = {
    target: 'http://127.0.0.1:1',
    payload: [{ path: '/x/users.csv', fields: ['username', 'password'], data: [['ann', 'hunter2']] }],
    http: { defaults: { headers: { Authorization: 'Bearer abc' } } },
    processor: { signIn: () => undefined },
  };
  const recorded = configurationOf({ config, scenarios: [] });
  expect(JSON.stringify(recorded)).not.toMatch(/hunter2|abc/);
  expect(recorded).toMatchObject({ target: 'http://127.0.0.1:1', payload: [{ path: '/x/users.csv' }] });
});

test('the target of a test is said without its password', () => {
  expect(testOf({ config: { target: 'https://me:pw@host' }, scenarios: [], _scriptPath: '/x/a.yml' })).toMatchObject({
    name: 'a.yml',
    target: 'https://[redacted]@host',
  });
});

test('the hash of the journeys changes with a file that one of them includes, and with nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  const hashOf = (include: string, config = {}): string | undefined => {
    writeFileSync(join(folder, 'search.yml'), include);
    const scenarios = [{ flow: [{ include: 'search.yml' }] }];
    return testOf({ config, scenarios, _scriptPath: join(folder, 'a.yml') }).journeysHash;
  };
  const steps = 'name: Search\nflow:\n  - get:\n      url: /search\n';
  expect(hashOf(steps)).toMatch(/^[0-9a-f]{12}$/);
  expect(hashOf(`# a remark\n${steps}`, { target: 'http://127.0.0.1:1' })).toBe(hashOf(steps));
  expect(hashOf(`${steps}  - think: 1\n`)).not.toBe(hashOf(steps));
  rmSync(folder, { recursive: true });
});
