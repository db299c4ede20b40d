import { expect, test } from 'vitest';
import type { ValidityFinding, ValidityRecord } from '../record/index.ts';
import { generatorLines } from './generator-lines.ts';
import { PLAIN } from './style.ts';

const OPTIONS = { style: PLAIN, width: 80 };

const VALID: ValidityRecord = {
  outcome: 'valid',
  enforced: true,
  figures: { utilisation: 0.23, lateShare: 0.0004, sendLagP99Ms: 0.4, arrivalShare: 1 },
  findings: [{ rule: 'event loop', outcome: 'ok', unit: '', text: 'in time', intervals: [] }],
};
const LATE: ValidityFinding = {
  rule: 'event loop',
  outcome: 'not valid',
  unit: '',
  text: 'the event loop was late, from 12 s to 19 s, 41 ms at worst',
  advice: 'Lower the rate.',
  intervals: [],
};

test('a valid generator has one line', () => {
  expect(generatorLines({ validity: VALID }, OPTIONS)).toEqual([
    '  Generator: valid (event loop 23 %, late 0 % of the time, send lag p99 0.4 ms, arrivals 100 % of plan)',
  ]);
});

test('one that was the bottleneck is told with what was wrong and what to do', () => {
  const validity: ValidityRecord = {
    ...VALID,
    outcome: 'not valid',
    figures: {},
    findings: [LATE, { ...LATE, text: 'and so were users' }],
  };
  expect(generatorLines({ validity }, OPTIONS)).toEqual([
    '  Generator: NOT VALID (event loop not measured)',
    '    fault: the event loop was late, from 12 s to 19 s, 41 ms at worst',
    '    fault: and so were users',
    '    Lower the rate.',
  ]);
  expect(generatorLines({ validity: { ...validity, enforced: false } }, OPTIONS)[0]).toContain(
    'NOT VALID (not enforced)',
  );
});

test('notes are told of a valid one too, and a run without figures is not called valid', () => {
  const note: ValidityFinding = { rule: 'event loop', outcome: 'noted', unit: '', text: 'one hiccup', intervals: [] };
  expect(generatorLines({ validity: { ...VALID, findings: [note] } }, OPTIONS)[1]).toMatch(/^ {4}note: one hiccup$/);
  expect(generatorLines({}, OPTIONS)).toEqual(['  Generator: not known (nobody looked at it)']);
});
