import { describe, expect, test } from 'vitest';
import { checkText, shortForm, testWith } from './testing/check-text.ts';

function found(parts: Parameters<typeof testWith>[0]): string[] {
  return shortForm(checkText(testWith(parts)));
}

describe('an unknown key is found', () => {
  test.each([
    ['of config', { config: 'httpp:\n  timeout: 1' }, ['unknown-key@6 → http']],
    ['of config.http', { config: 'http:\n  timeoutt: 1' }, ['unknown-key@7 → timeout']],
    ['of the defaults of requests', { config: 'http:\n  defaults:\n    header: {}' }, ['unknown-key@8 → headers']],
    [
      'of options that are passed on, if it is a misspelt one',
      { config: 'ws:\n  subprotocls: []\n  anything: 1' },
      ['unknown-key@7 → subprotocols'],
    ],
    ['of an environment', { config: 'environments:\n  local:\n    traget: http://a' }, ['unknown-key@8 → target']],
    [
      'of a CSV file',
      { config: 'payload:\n  path: a.csv\n  field: [a]' },
      ['missing-key@7', 'csv-missing@7', 'unknown-key@8 → fields'],
    ],
    ['of a plugin', { config: 'plugins:\n  expect:\n    outputformat: json' }, ['unknown-key@8 → outputFormat']],
    ['of ensure', { config: 'plugins:\n  ensure: {}\nensure:\n  threshold: []' }, ['unknown-key@9 → thresholds']],
    ['of a scenario', { head: 'wieght: 2' }, ['unknown-key@7 → weight']],
    ['of a request', { flow: '- get:\n    url: /\n    headrs: {}' }, ['unknown-key@10 → headers']],
    [
      'of a capture',
      { flow: '- get:\n    url: /\n    capture:\n      json: $.a\n      name: a' },
      ['missing-key@10', 'unknown-key@12'],
    ],
    [
      'of an expectation',
      { config: 'plugins:\n  expect: {}', flow: '- get:\n    url: /\n    expect:\n      - statuscode: 200' },
      ['unknown-key@13 → statusCode'],
    ],
    ['of a loop', { flow: '- loop:\n    - think: 1\n  cuont: 2' }, ['loop-without-end@8', 'unknown-key@10 → count']],
    [
      'inside of loops',
      { flow: '- loop:\n    - loop:\n        - get:\n            uri: /\n      count: 1\n  count: 1' },
      ['missing-key@10', 'unknown-key@11 → url'],
    ],
    ['beside a request that it belongs to', { flow: '- get:\n    url: /\n  ifTrue: a' }, ['unknown-key@10']],
  ])('%s', (_where, parts, expected) => {
    expect(found(parts)).toEqual(expected);
  });

  test('at the top of the file', () => {
    expect(shortForm(checkText(`${testWith({})}scenarioss: []\n`))).toEqual(['unknown-key@10']);
  });

  test('and not where it is a place for YAML anchors', () => {
    const anchors = 'x-any:\n  a: 1\nshared: &shared\n  get:\n    url: /shared\n';
    expect(found({})).toEqual([]);
    expect(shortForm(checkText(`${anchors}${testWith({ flow: '- *shared' })}`))).toEqual([]);
  });
});

describe('a step', () => {
  test.each([
    ['- gett:\n    url: /', ['unknown-step@8 → get']],
    ['- {}', ['wrong-type@8']],
    ['- get', ['wrong-type@8']],
    ['- send: hello', ['unknown-step@8']],
    ['- get:\n    url: /\n  post:\n    url: /', ['step-with-two-actions@10']],
    ['- get: /', ['wrong-type@8']],
    ['- think:', ['wrong-type@8']],
    ['- think: soon', ['impossible-value@8']],
    ['- loop: []', ['loop-without-end@8', 'impossible-value@8']],
  ])('%j', (flow, expected) => {
    expect(found({ flow })).toEqual(expected);
  });
});

test('a message says what was found and what is allowed', () => {
  const [finding] = checkText(testWith({ flow: '- get:\n    name: Search\n    url: /\n    followRedirect: never' }));
  expect(finding).toMatchObject({
    message: 'request "Search": followRedirect is "never"; allowed is true or false',
    found: '"never"',
    allowed: ['true or false'],
    line: '          followRedirect: never',
    endColumn: 32,
  });
});

test('options of a plugin that are empty are to be written {}', () => {
  const [finding] = checkText(testWith({ config: 'plugins:\n  ensure:' }));
  expect(finding).toMatchObject({ code: 'wrong-type', hint: 'Write ensure: {}' });
});

test('the value of something secret is not said', () => {
  const [finding] = checkText(testWith({ flow: '- get:\n    url: /\n    auth:\n      user: ann\n      pass: 1234' }));
  expect(JSON.stringify(finding)).not.toContain('1234');
});

test.each([
  [
    { head: 'engine: socketio', flow: '- emit:\n    channel: a\n    response:\n      on: b' },
    'It stands beside emit, not in it.',
  ],
  [{ flow: '- get:\n    url: /\n  ifTrue: a' }, 'Indent it further, so that it belongs to get.'],
])('a key that belongs elsewhere is said to', (parts, hint) => {
  expect(checkText(testWith(parts))).toMatchObject([{ code: 'unknown-key', hint }]);
});
