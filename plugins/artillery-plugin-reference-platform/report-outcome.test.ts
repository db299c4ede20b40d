import { expect, test } from '@jest/globals';
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
  expect(reportOutcome({ kind: 'started', documents: 100_000, pid: 7 }, OPTIONS)).toEqual({
    kind: 'ready',
    text: 'Reference platform ready at http://127.0.0.1:4600 (100,000 documents); it stops when the run ends.',
  });
});

test('says of a platform that it found which settings of the test do not apply to it', () => {
  const outcome: Outcome = { kind: 'joined', documents: 2000, pid: 7 };
  const found = 'Using the reference platform that runs at http://127.0.0.1:4600 already (2,000 documents)';
  expect(reportOutcome(outcome, OPTIONS).text).toBe(`${found}.`);
  const withSettings = { ...OPTIONS, env: { DOCUMENTS: '5000', POOL_SIZE: '5' } };
  expect(reportOutcome(outcome, withSettings).text).toBe(
    `${found}; DOCUMENTS, POOL_SIZE of this test do not change it.`,
  );
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
  const report = reportOutcome(outcome, OPTIONS);
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
