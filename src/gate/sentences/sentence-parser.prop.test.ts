import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../ensure/expression-error.ts';
import { printSentence, type Sentence } from './sentence.ts';
import { parseSentence } from './sentence-parser.ts';

const number = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 1, max: 999_999 }).map((n) => n / 1000),
);
const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const metric = fc.constantFrom('search.hits', 'threats.detection_time', 'search.time.phrase', 'vusers.session-length');
const subject = fc.oneof(
  fc.constant({ kind: 'all requests' } as const),
  name.map((text) => ({ kind: 'named', name: text }) as const),
  metric.map((text) => ({ kind: 'metric', name: text }) as const),
);
const percent = fc.constantFrom(1, 50, 90, 95, 99, 99.9, 99.99);
const timeQuantity = fc.oneof(
  percent.map((value) => ({ kind: 'quantile', percent: value }) as const),
  fc.constantFrom({ kind: 'mean' } as const, { kind: 'min' } as const, { kind: 'max' } as const),
);
const ms = fc.integer({ min: 1, max: 10_000_000 });

const measure: fc.Arbitrary<Pick<Sentence, 'quantity' | 'subject' | 'limit'>> = fc.oneof(
  fc.record({ quantity: timeQuantity, subject, limit: number.map((value) => ({ value, unit: 'ms' }) as const) }),
  fc.record({
    quantity: timeQuantity,
    subject: metric.map((text) => ({ kind: 'metric', name: text }) as const),
    limit: fc.record({ value: number, unit: fc.constantFrom('', '%') }),
  }),
  fc.record({
    quantity: fc.constant({ kind: 'rate' } as const),
    subject: name.map((text) => ({ kind: 'named', name: text }) as const),
    limit: fc.record({ value: number, unit: fc.constantFrom('/s', '% of planned') }),
  }),
  fc.record({
    quantity: fc.constant({ kind: 'error rate' } as const),
    subject,
    limit: number.map((value) => ({ value, unit: '%' }) as const),
  }),
  fc.record({
    quantity: fc.constant({ kind: 'count' } as const),
    subject,
    limit: number.map((value) => ({ value, unit: '' }) as const),
  }),
);

const scope = fc.record({ during: name, afterMs: ms }, { requiredKeys: [] });
const forMs = fc.integer({ min: 1, max: 600 }).map((seconds) => seconds * 1000);
const operator = fc.constantFrom('<', '<=', '>', '>=');

const sentence: fc.Arbitrary<Sentence> = fc
  .tuple(measure, operator, scope, fc.option(forMs), fc.constantFrom('gate', 'stop'))
  .map(([what, compare, where, window, action]) => ({
    action: window === null ? 'gate' : action,
    ...what,
    operator: compare,
    ...where,
    ...(window === null ? {} : { forMs: window }),
  }));

describe('parseSentence', () => {
  test('reads what printSentence prints as the same sentence', () => {
    fc.assert(
      fc.property(sentence, (value) => {
        expect(parseSentence(printSentence(value))).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  test('answers random text with its own error, which points into the text', () => {
    const words = [
      'p95',
      'of',
      '"Search"',
      '<',
      '300',
      'ms',
      'stop',
      'if',
      'error',
      'rate',
      '%',
      'for',
      '10',
      's',
      '"',
      '=',
      'during',
      'x.y',
    ];
    const garbage = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom(...words)).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        try {
          parseSentence(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ExpressionError);
          const { offset } = thrown as ExpressionError;
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
