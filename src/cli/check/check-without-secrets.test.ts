import { expect, test } from 'vitest';
import { createRedactor } from '../../record/index.ts';
import { PLAIN } from '../../report/style.ts';
import type { Finding } from '../../workload/check/index.ts';
import { shownFinding } from './check-without-secrets.ts';
import { formatFinding } from './text-format.ts';

const LINE = '  pin: canary, size: tall';

const FINDING: Finding = {
  code: 'wrong-type',
  severity: 'error',
  position: { file: 'canary.yml', line: 3, column: 22 },
  endColumn: 26,
  line: LINE,
  message: 'after canary there is "tall"',
  allowed: ['canary', '1'],
};

test('a finding shows no secret, and its mark stands below what it means', () => {
  const redactor = createRedactor();
  redactor.learn(['canary']);
  const shown = shownFinding(FINDING, redactor);
  expect(
    formatFinding(shown, { style: PLAIN, width: 100 }),
  ).toBe(`canary.yml:3:22 error after [redacted] there is "tall" [wrong-type]
     3 |   pin: [redacted], size: tall
       |                          ^^^^
  allowed: [redacted], 1
`);
});

test('a finding without secrets stays as it is', () => {
  expect(shownFinding(FINDING, createRedactor())).toEqual(FINDING);
});
