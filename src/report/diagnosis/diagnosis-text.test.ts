import { expect, test } from 'vitest';
import type { Diagnosis, Finding } from '../../diagnose/index.ts';
import { PLAIN } from '../style.ts';
import { diagnosisText } from './diagnosis-text.ts';

const FINDING: Finding = {
  cause: 'missing index',
  title: 'The database reads all of documents for a few rows',
  share: { value: 0.834, low: 0.8, high: 0.871 },
  certainty: 'sure',
  culprit: 'Search',
  delayed: ['Alerts', 'Sign in'],
  seen: [
    { text: '480 scans of documents went through 100,000 rows each', lane: 'postgres.table_rows' },
    { text: '80 ms each time' },
  ],
  why: 'It reads everything. That takes long.',
  todo: 'Create an index.',
  verify: 'Run the test again.',
  consequences: ['pool too small'],
};

const OPTIONS = { style: PLAIN, width: 80, wraps: true };

test('says the answer first, then what was seen, why, what to do and how to verify it', () => {
  expect(diagnosisText({ answer: 'bottleneck', findings: [FINDING] }, OPTIONS)).toBe(
    `Bottleneck: missing index. The database reads all of documents for a few rows.
  83 % of the time of all requests (95 % interval 80–87 %); sure: it was
  measured as such.
  Seen     480 scans of documents went through 100,000 rows each
           [postgres.table_rows]
           80 ms each time
  Whose    "Search": it is its own work.
  Delays   Alerts, Sign in only wait for it.
  So also  pool too small: follows from it.
  Why      It reads everything. That takes long.
  Do       Create an index.
  Verify   Run the test again.`,
  );
});

test('shows no figure that says nothing', () => {
  const vague: Finding = { ...FINDING, share: { value: 0.4, low: 0, high: 1 }, certainty: 'possible' };
  const text = diagnosisText({ answer: 'bottleneck', findings: [vague] }, { ...OPTIONS, width: 400 });
  expect(text).toMatch(/^Possible bottleneck: missing index\. /);
  expect(text).toContain(
    'How much of the time of all requests it took cannot be told: the parts of the run differ too much; possible: it fits, and may be a small part.',
  );
  expect(text).not.toMatch(/\d %/);
});

test('numbers what else was found', () => {
  const text = diagnosisText(
    { answer: 'bottleneck', findings: [FINDING, { ...FINDING, cause: 'rate limit', delayed: [], consequences: [] }] },
    OPTIONS,
  );
  expect(text).toContain('\n\nAlso, 2.: rate limit. ');
  expect(text).toContain('83 % of all requests');
});

test.each([
  [
    { answer: 'generator', reason: 'it was late', todo: 'Lower the rate.' },
    'The generator was the bottleneck: it was late.\n  Do       Lower the rate.',
  ],
  [
    { answer: 'no bottleneck', reason: 'Nothing is slow', seen: [{ text: 'so it is' }] },
    'No bottleneck: Nothing is slow.\n  Seen     so it is',
  ],
  [{ answer: 'no data', reason: '3 requests are too few' }, 'No data: 3 requests are too few.'],
  [
    { answer: 'not determined', reason: 'It is slow', seen: [], todo: 'Watch more.', caution: 'late for 2 %' },
    'Not determined: It is slow.\n  Do       Watch more.\n\nCaution: the generator was not at its best (late for 2 %).',
  ],
] satisfies [Diagnosis, string][])('says plainly: %j', (diagnosis, expected) => {
  expect(diagnosisText(diagnosis, OPTIONS)).toBe(expected);
});

test('keeps to 80 columns and lets no name move the cursor', () => {
  const hostile = `${'Search'.repeat(40)}\u001b[2J\nall good`;
  const finding = {
    ...FINDING,
    title: hostile,
    culprit: hostile,
    delayed: [hostile],
    seen: [{ text: hostile, lane: hostile }],
  };
  const text = diagnosisText({ answer: 'bottleneck', findings: [finding] }, OPTIONS);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(text).not.toContain('\u001b');
  expect(text).not.toMatch(/^all good/m);
});
