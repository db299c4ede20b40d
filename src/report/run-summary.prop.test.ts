import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';
import { runSummary } from './run-summary.ts';
import { PLAIN, styleFor } from './style.ts';
import { HOSTILE_NAMES, hostileRecord, hostileText, recordNamed } from './testing/hostile-names.ts';
import { cutEnd, cutMiddle, padTo, widthOf, wrapWords } from './text-width.ts';

test('no name, error or reason brings an escape sequence or a line of its own into the terminal', () => {
  fc.assert(
    fc.property(hostileRecord(), fc.constantFrom(60, 80, 200), fc.boolean(), (record, width, wraps) => {
      const summary = runSummary(record, { style: PLAIN, width, wraps, folder: 'reports/x' });
      expect(summary.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      const lines = summary.split('\n');
      expect(lines.filter((line) => line.startsWith('Verdict: ')).length).toBe(1);
      expect(lines.filter((line) => /^ {2}BROKEN /.test(line)).length).toBe(record.verdict.rules.length);
    }),
    { seed: 3, numRuns: 150 },
  );
});

test('with colours, only our own escape sequences are printed', () => {
  const summary = runSummary(recordNamed(HOSTILE_NAMES), { style: styleFor({ isTTY: true }, {}), width: 80 });
  const sequences = summary
    .split('\u001b')
    .slice(1)
    .map((text) => text.slice(0, text.indexOf('m') + 1));
  expect([...new Set(sequences)].toSorted()).toEqual(['[1m', '[22m', '[2m', '[31m', '[39m']);
});

test('every line that wraps and every table keeps to the width', () => {
  const names = HOSTILE_NAMES.map((name) => name.slice(0, 200));
  for (const width of [60, 80]) {
    const lines = runSummary(recordNamed(names), { style: PLAIN, width, wraps: true }).split('\n');
    // The command to repeat a run is copied, and a list of facts is cut by nobody.
    const kept = lines.filter((line) => !/^ {2}(?:Same run again)|·/.test(line));
    expect(kept.filter((line) => widthOf(line) > width)).toEqual([]);
  }
});

test('plain text is one line without controls, and plain text stays as it is', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const plain = plainText(text);
      expect(plain).not.toMatch(/\p{Cc}|[\ufffe\uffff\u2028\u2029]/u);
      expect(plain.isWellFormed()).toBe(true);
      expect(plainText(plain)).toBe(plain);
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(['Sign\u001b[31m in\n', 'p95 of "検索" 👩‍👩‍👧', 'a\tb\r\nc'].map(plainText)).toEqual([
    'Sign in',
    'p95 of "検索" 👩‍👩‍👧',
    'a b c',
  ]);
});

test('text is cut and filled by the columns it takes, not by its characters', () => {
  fc.assert(
    fc.property(hostileText(), fc.integer({ min: 0, max: 40 }), (text, width) => {
      const plain = plainText(text);
      for (const cut of [cutEnd(plain, width), cutMiddle(plain, width)]) {
        expect(widthOf(cut)).toBeLessThanOrEqual(width);
        expect(widthOf(padTo(cut, width))).toBe(width);
      }
    }),
    { seed: 2, numRuns: 300 },
  );
  expect([cutMiddle('検索検索検索', 8), cutEnd('検索検索', 5), cutMiddle('abcdef', 5), cutEnd('abc', 3)]).toEqual([
    '検索…索',
    '検索…',
    'ab…ef',
    'abc',
  ]);
});

test('words are wrapped at the width, and longer ones are broken', () => {
  expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapWords('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
  expect(wrapWords('', 3)).toEqual(['']);
});
