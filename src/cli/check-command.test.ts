import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkCommand } from './check-command.ts';

const GOOD = 'test/fixtures/valid/config/phases.yml';
const BROKEN = 'test/fixtures/faults/unknown-key/test.yml';
const DOUBTFUL = 'test/fixtures/faults/long-duration/test.yml';

let printed: string;
let savedExitCode: typeof process.exitCode;
beforeEach(() => {
  printed = '';
  savedExitCode = process.exitCode;
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    printed += `${String(text)}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = savedExitCode;
  delete process.env.GITHUB_ACTIONS;
});

async function check(...args: string[]): Promise<typeof process.exitCode> {
  await checkCommand().parseAsync(args, { from: 'user' });
  return process.exitCode;
}

describe('the exit code', () => {
  test.each([
    [[GOOD], 0],
    [[BROKEN], 2],
    [[GOOD, BROKEN], 2],
    [[DOUBTFUL], 0],
    [[DOUBTFUL, '--strict'], 2],
    [['no-such-file.yml'], 2],
    [['artillery/peak.yml', '-e', 'no-such-environment'], 2],
    [['test/fixtures/faults/missing-target/test.yml', '--target', 'http://127.0.0.1'], 0],
    [['test/fixtures/valid/config/variables-of-the-command-line.yml', '-t', 'http://127.0.0.1'], 2],
    [
      [
        'test/fixtures/valid/config/variables-of-the-command-line.yml',
        '-t',
        'http://127.0.0.1',
        '-v',
        '{"host":"a","size":1}',
      ],
      0,
    ],
    [['test/fixtures/valid/config/only-scenarios.yml', '--config', 'test/fixtures/valid/config/only-config.yml'], 0],
  ])('of %j is %i', async (args, code) => {
    expect(await check(...args)).toBe(code);
  });
});

describe('what is printed', () => {
  test('is one line for a file in which nothing is wrong', async () => {
    await check(GOOD, 'artillery/journeys/edge-cases.yml');
    expect(printed).toBe(`ok ${GOOD}\nok artillery/journeys/edge-cases.yml (a journey)\n`);
  });

  test('is JSON, SARIF or workflow commands if asked for', async () => {
    await check(BROKEN, '--format', 'json');
    expect(JSON.parse(printed)).toMatchObject({ errors: 1 });
    printed = '';
    await check(BROKEN, '--format', 'sarif');
    expect(JSON.parse(printed)).toMatchObject({ version: '2.1.0' });
    printed = '';
    await check(BROKEN, '--format', 'github');
    expect(printed).toMatch(/^::error file=test\/fixtures/);
  });

  test('is text and workflow commands on GitHub', async () => {
    process.env.GITHUB_ACTIONS = 'true';
    await check(BROKEN);
    expect(printed).toMatch(/did you mean rampTo\?[\s\S]*\n::error file=/);
  });

  test('holds no secret of a line that is quoted', async () => {
    await check(
      'test/fixtures/faults/unknown-environment/test.yml',
      '--format',
      'json',
      '-v',
      '{"password":"hunter2"}',
    );
    expect(printed).not.toContain('hunter2');
  });
});

test('a faulty list of targets is refused after what was found in the tests', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  writeFileSync(join(folder, 'targets.yml'), 'targets:\n  - nmae: staging\n');
  await expect(check(GOOD, join(folder, 'targets.yml'))).rejects.toMatchObject({ code: 'targets-shape' });
  expect(printed).toBe(`ok ${GOOD}\n`);
  writeFileSync(join(folder, 'targets.yml'), 'targets: []\n');
  expect(await check(join(folder, 'targets.yml'))).toBe(0);
  rmSync(folder, { recursive: true });
});

test('the command is there, and says what is wrong without a word of its own machinery', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/proving-ground.js', 'check', BROKEN], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([2, '']);
  expect(stdout).toMatch(/^test\/fixtures\/faults\/unknown-key\/test\.yml:\d+:\d+ error /);
});

test('variables must be a JSON object', async () => {
  const command = checkCommand().configureOutput({ writeErr: () => undefined });
  await expect(command.parseAsync([GOOD, '-v', '[1]'], { from: 'user' })).rejects.toMatchObject({
    code: 'commander.invalidArgument',
  });
});
