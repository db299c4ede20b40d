import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../ensure/expression-error.ts';
import { printSentence } from './sentence.ts';
import { parseSentence } from './sentence-parser.ts';

function errorOf(text: string): ExpressionError {
  try {
    parseSentence(text);
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return thrown;
    throw thrown;
  }
  throw new Error('no error');
}

describe('parseSentence', () => {
  test.each([
    ['p95 of "Search" < 300 ms during "Incident burst"', 'p95 of "Search" < 300 ms during "Incident burst"'],
    ['error rate < 1 %', 'error rate < 1 %'],
    ['p99 of "Sign in" < 800 ms after 30 s', 'p99 of "Sign in" < 800 ms after 30 s'],
    ['rate >= 95 % of planned', 'rate >= 95 % of planned'],
    ['search.hits mean > 3', 'mean of search.hits > 3'],
    ['stop if error rate > 20 % for 10 s', 'stop if error rate > 20 % for 10 s'],
    ['median of threats.detection_time <= 1.5 s', 'p50 of threats.detection_time <= 1500 ms'],
    ['p99.9<2s', 'p99.9 < 2 s'],
    ['max of "Search" < 500us', 'max of "Search" < 0.5 ms'],
    ['rate of "Search" >= 120 per minute', 'rate of "Search" >= 2 /s'],
    ['rate > 10/s', 'rate > 10 /s'],
    ['count of "Say \\"hi\\"" > 5 for 1 min', 'count of "Say \\"hi\\"" > 5 for 60 s'],
  ])('%s', (text, canonical) => {
    expect(printSentence(parseSentence(text))).toBe(canonical);
  });

  test.each([
    ['p95 of Search < 300 ms', 7, /stand in quotation marks: write "Search"/],
    ['p95 of "Search" < 300', 18, /needs a unit: 300 ms/],
    ['error rate < 1', 13, /needs a unit: 1 %/],
    ['count > 5 ms', 8, /needs another unit: 5$/],
    ['p95 = 300 ms', 4, /"=" is no comparison; use <, <=, > or >=/],
    ['p0 < 3 ms', 0, /p0 is no quantile/],
    ['p100 < 3 ms', 0, /p100 is no quantile; use p50 to p99\.99/],
    [
      'quickness < 3 ms',
      0,
      /found "quickness" where one of these is needed: p95, median, mean, min, max, rate, error rate, count/,
    ],
    ['error < 3 %', 6, /found "<" where one of these is needed: rate/],
    ['stop if error rate > 20 %', 25, /say for how long/],
    ['stop when error rate > 20 % for 10 s', 5, /found "when" where one of these is needed: if/],
    ['p95 < 300 ms for 1500 ms', 17, /whole number of seconds/],
    ['p95 < 300 ms after 0 s', 19, /at least 1 ms/],
    ['p95 < 300 ms during Burst', 20, /stands in quotation marks: during "Incident burst"/],
    ['p95 < 300 ms after 1 s after 2 s', 23, /"after" stands twice/],
    ['p95 < 300 ms please', 13, /found "please" where one of these is needed: during, after, for, the end/],
    ['p95 of "Search', 7, /never closed/],
    ['p95 < ', 6, /the sentence ends where one of these is needed: a number/],
    ['', 0, /the sentence ends/],
  ])('refuses %s', (text, offset, message) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.offset).toBe(offset);
  });
});
