import { describe, expect, test } from 'vitest';
import type { Outcome } from './bring-up.ts';
import type { Options } from './options.ts';
import { describeUnexpectedEnd, reportOutcome } from './report-outcome.ts';

const OPTIONS: Options = {
  address: { origin: 'http://127.0.0.1:4600', host: '127.0.0.1', port: 4600 },
  startTimeoutSeconds: 30,
  env: {},
};
const PROGRESS = { step: 'documents', percent: 40 };

test('says of a platform that it started that it stops it', () => {
  expect(reportOutcome({ kind: 'started', documents: 100_000, pid: 7 }, OPTIONS, {})).toEqual({
    kind: 'ready',
    text: 'Reference platform ready at http://127.0.0.1:4600 (100,000 documents); it stops when the run ends.',
  });
});

describe('a platform that runs already', () => {
  const found = 'Using the reference platform that runs at http://127.0.0.1:4600 already (2,000 documents)';
  const settings = { ACCESS_TOKEN_SECONDS: '900', CACHE_SECONDS: '10', FAULT: '' };
  const outcome: Outcome = { kind: 'joined', documents: 2000, pid: 7, settings };
  const wanting = (env: Options['env']): Options => ({ ...OPTIONS, env });

  test('is used with the settings that the test wants', () => {
    expect(reportOutcome(outcome, OPTIONS, {}).text).toBe(`${found}.`);
    expect(reportOutcome(outcome, wanting({ CACHE_SECONDS: '10' }), {}).text).toBe(`${found}.`);
  });

  test('is refused with others: which, what it has, what the test wants, and what to do', () => {
    expect(reportOutcome(outcome, wanting({ ACCESS_TOKEN_SECONDS: '20', FAULT: 'n-plus-one' }), {})).toEqual({
      kind: 'refused',
      exitCode: 2,
      text:
        'error: the reference platform that runs at http://127.0.0.1:4600 already has other settings than this test wants: ' +
        'ACCESS_TOKEN_SECONDS is 900 there, and 20 in the test; FAULT is off there, and n-plus-one:2 in the test\n' +
        '  Stop it (process 7), so that this run starts its own, or give this test another address: ' +
        '--target and the option address of the plugin reference-platform, with a PLATFORM_DATA of its own.',
    });
  });

  test('is used, with a word of doubt, where it does not tell what it has', () => {
    expect(reportOutcome(outcome, wanting({ JWT_SECRET: 'secret' }), {}).text).toBe(
      `${found}; whether it has JWT_SECRET as this test wants, it does not tell.`,
    );
    const silent: Outcome = { kind: 'joined', documents: 2000, pid: 7 };
    expect(reportOutcome(silent, wanting({ CACHE_SECONDS: '0' }), {}).text).toContain('whether it has CACHE_SECONDS');
  });

  test('is used although the shell says something else, which is said', () => {
    const shell = { FAULT: 'n-plus-one', CACHE_SECONDS: '10', LOG_LEVEL: 'debug', PATH: '/bin' };
    expect(reportOutcome(outcome, OPTIONS, shell).text).toBe(
      `${found}; what the shell says does not change it: FAULT is off there, and n-plus-one:2 in the shell.`,
    );
    expect(reportOutcome(outcome, wanting({ FAULT: '' }), shell).text).toBe(`${found}.`);
  });

  test('is refused for a test whose settings nobody can have', () => {
    expect(reportOutcome(outcome, wanting({ CACHE_SECONDS: 'none' }), {})).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('env cannot be used: CACHE_SECONDS is "none"; allowed is a whole number'),
    });
  });
});

test.each<[string, Outcome, number, string]>([
  ['an address that is taken', { kind: 'address-taken', what: 'HTTP status 404' }, 2, 'HTTP status 404'],
  ['settings that the platform refused', { kind: 'ended', exit: { code: 2, how: 'exit code 2' } }, 2, 'exit code 2'],
  ['a platform that crashed', { kind: 'ended', exit: { code: 1, how: 'exit code 1' } }, 70, 'exit code 1'],
  ['a platform that was killed', { kind: 'ended', exit: { code: null, how: 'signal SIGKILL' } }, 70, 'SIGKILL'],
  ['a start that took too long', { kind: 'too-slow', ours: true, progress: PROGRESS }, 70, 'at "documents", 40 %'],
  ['a silent platform', { kind: 'too-slow', ours: true, progress: undefined }, 70, 'it never answered'],
  ['a slow platform of others', { kind: 'too-slow', ours: false, progress: PROGRESS }, 70, 'Stop it, so that'],
  ['a defect', { kind: 'defect', message: 'out of threads' }, 70, 'out of threads'],
])('%s ends the run before any load', (_name, outcome, exitCode, fragment) => {
  const report = reportOutcome(outcome, OPTIONS, {});
  expect(report).toMatchObject({ kind: 'refused', exitCode });
  expect(report.text).toContain(fragment);
  expect(report.text).toMatch(/^error: .+\n {2}\S.+\.$/);
});

test('quotes the last message of a platform that ended in the middle of the run', () => {
  expect(describeUnexpectedEnd('signal SIGKILL', '  out of memory ')).toBe(
    'the reference platform ended in the middle of the run (signal SIGKILL); its last message: out of memory',
  );
  expect(describeUnexpectedEnd('exit code 0', undefined)).toBe(
    'the reference platform ended in the middle of the run (exit code 0)',
  );
});
