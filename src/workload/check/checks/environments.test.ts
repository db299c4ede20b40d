import { describe, expect, test } from 'vitest';
import { checkText, shortForm } from '../testing/check-text.ts';

function textWith(config: string): string {
  return `config:\n  target: http://127.0.0.1\n${config.replace(/^/gm, '  ')}\nscenarios:\n  - flow:\n      - get:\n          url: /\n`;
}

const TWO_PHASES = 'phases:\n  - duration: 1\n    arrivalRate: 1\n  - duration: 2\n    arrivalRate: 2\n    rampTo: 5\n';

function found(environment: string, base = TWO_PHASES): string[] {
  return shortForm(checkText(textWith(`${base}environments:\n  e:\n${environment.replace(/^/gm, '    ')}`)));
}

describe('the phases of an environment', () => {
  test('may be as many as those of the test, with the same keys', () => {
    expect(
      found('phases:\n  - duration: 9\n    arrivalRate: 9\n  - duration: 9\n    arrivalRate: 9\n    rampTo: 9'),
    ).toEqual([]);
  });

  test('may be more', () => {
    expect(
      found(
        'phases:\n  - duration: 9\n    arrivalRate: 9\n  - duration: 9\n    arrivalRate: 9\n    rampTo: 9\n  - pause: 1',
      ),
    ).toEqual([]);
  });

  test('may be changes of single items, which only make sense merged', () => {
    expect(found('phases:\n  - duration: 9')).toEqual([]);
  });

  test('are mixed with those of the test where they are fewer', () => {
    expect(found('phases:\n  - duration: 9\n    arrivalRate: 9')).toEqual(['environment-merges-lists@11']);
  });

  test('are mixed with those of the test where they lack a key', () => {
    const text = textWith(
      `${TWO_PHASES}environments:\n  e:\n    phases:\n      - duration: 9\n        arrivalRate: 9\n      - duration: 9\n        arrivalRate: 9`,
    );
    const [finding] = checkText(text);
    expect(finding).toMatchObject({
      code: 'environment-merges-lists',
      message:
        'environment "e": Artillery merges phases with those of the test item by item; rampTo of item 2 of the test stays',
    });
  });
});

describe('other lists of an environment', () => {
  test.each([
    [
      'thresholds that vanish behind those of the test',
      'plugins:\n  ensure: {}\nensure:\n  thresholds:\n    - http.response_time.p95: 1',
      'ensure:\n  thresholds:\n    - http.response_time.p99: 1',
      ['environment-merges-lists@11'],
    ],
    [
      'the same threshold with another limit',
      'plugins:\n  ensure: {}\nensure:\n  thresholds:\n    - http.response_time.p95: 1',
      'ensure:\n  thresholds:\n    - http.response_time.p95: 2',
      [],
    ],
    [
      'fewer values of a variable',
      'variables:\n  size: [1, 2, 3]',
      'variables:\n  size: [1]',
      ['environment-merges-lists@8'],
    ],
    ['more values of a variable', 'variables:\n  size: [1]', 'variables:\n  size: [2, 3]', []],
    ['a list that the test does not have', 'variables:\n  a: 1', 'variables:\n  size: [1]', []],
  ])('%s', (_what, base, environment, expected) => {
    expect(found(environment, `${base}\n`)).toEqual(expected);
  });
});

describe('which environments are looked at', () => {
  const text = textWith('environments:\n  good:\n    http:\n      timeout: 1\n  bad:\n    processor: none.js');

  test('all of them, unless one is named', () => {
    expect(shortForm(checkText(text))).toEqual(['processor-missing@8']);
    expect(shortForm(checkText(text, {}, { environment: 'good' }))).toEqual([]);
    expect(shortForm(checkText(text, {}, { environment: 'bad' }))).toEqual(['processor-missing@8']);
    expect(shortForm(checkText(text, {}, { everyEnvironment: false }))).toEqual([]);
  });

  test('none that does not exist', () => {
    expect(shortForm(checkText(text, {}, { environment: 'god' }))).toEqual(['unknown-environment@3 → good']);
  });

  test('only with an environment, if the test has no target of its own', () => {
    const without = text
      .replace('  target: http://127.0.0.1\n', '')
      .replace('  good:\n', '  good:\n      target: http://127.0.0.1\n');
    expect(shortForm(checkText(without))).toEqual(['missing-target@7', 'processor-missing@8']);
    expect(shortForm(checkText(without, {}, { everyEnvironment: false }))).toEqual(['missing-target@1']);
    expect(shortForm(checkText(without, {}, { everyEnvironment: false, target: 'http://127.0.0.1' }))).toEqual([]);
  });
});
