import { describe, expect, test } from 'vitest';
import { checkText, type Files, shortForm, testWith } from '../testing/check-text.ts';

const SETTER: Files = { 'p.mjs': 'export async function pick(context) { context.vars.user = 1; }' };
const ANY_SETTER: Files = { 'p.mjs': 'export async function pick(context) { Object.assign(context.vars, read()); }' };

function found(parts: Parameters<typeof testWith>[0], files: Files = {}, variables: string[] = []): string[] {
  return shortForm(checkText(testWith(parts), files, { variables }));
}

describe('a variable is known', () => {
  test.each([
    ['from config.variables', { config: 'variables:\n  user: 1', flow: '- get:\n    url: /{{ user }}' }],
    ['from Artillery', { flow: '- log: "{{ $uuid }} {{ target }} {{ $env.X }} {{ $environment }}"' }],
    [
      'from a capture in an earlier step',
      {
        flow: '- get:\n    url: /\n    capture:\n      json: $.a\n      as: user\n- get:\n    url: /{{ user.name[0] }}',
      },
    ],
    [
      'in a loop, from a capture further down',
      {
        flow: '- loop:\n    - get:\n        url: /{{ cursor }}\n        capture:\n          json: $.a\n          as: cursor\n  count: 2',
      },
    ],
    [
      'in a loop, as counter and element',
      { flow: '- loop:\n    - log: "{{ i }} {{ row.x }}"\n  over:\n    - a\n  loopValue: i\n  loopElement: row' },
    ],
    ['after a loop', { flow: '- loop:\n    - log: "{{ $loopCount }}"\n  count: 1\n- log: "{{ $loopElement }}"' }],
    [
      'beside another step that captures it',
      {
        flow: '- parallel:\n    - get:\n        url: /{{ a }}\n    - get:\n        url: /\n        capture:\n          json: $.a\n          as: a',
      },
    ],
    [
      'in a text that is no template',
      { flow: '- post:\n    url: /\n    body: "{{#each users}}{{ a | upper }}{{/each}}"' },
    ],
    [
      'in a simple condition on a number',
      { config: 'variables:\n  size: 1', flow: '- get:\n    url: /\n    ifTrue: size > 3' },
    ],
  ])('%s', (_how, parts) => {
    expect(found(parts)).toEqual([]);
  });

  test('from the command line', () => {
    expect(found({ flow: '- log: "{{ size }}"' }, {}, ['size'])).toEqual([]);
  });

  test('once a function has run that may set any', () => {
    const parts = { config: 'processor: p.mjs', flow: '- function: pick\n- log: "{{ anything }}"' };
    expect(found(parts, ANY_SETTER)).toEqual([]);
  });

  test.each(['beforeScenario', 'beforeRequest', 'afterResponse'])('with the hook %s of the scenario', (hook) => {
    const parts = { config: 'processor: p.mjs', head: `${hook}: pick`, flow: '- get:\n    url: /{{ user }}' };
    expect(found(parts, SETTER)).toEqual([]);
  });

  test('with a hook of the same request, which runs before the texts are filled in', () => {
    const parts = { config: 'processor: p.mjs', flow: '- get:\n    url: /{{ user }}\n    beforeRequest: pick' };
    expect(found(parts, SETTER)).toEqual([]);
  });
});

describe('a variable is not known', () => {
  test.each([
    ['nowhere', { flow: '- log: "{{ user }}"' }, ['undefined-variable@8']],
    [
      'only later',
      { flow: '- log: "{{ user }}"\n- get:\n    url: /\n    capture:\n      json: $.a\n      as: user' },
      ['undefined-variable@8'],
    ],
    [
      'by its misspelt name',
      { config: 'variables:\n  username: 1', flow: '- log: "{{ usernmae }}"' },
      ['undefined-variable@10 → username'],
    ],
    ['as a list to go through', { flow: '- loop:\n    - log: a\n  over: rows' }, ['undefined-variable@10']],
    ['in a key of a map', { flow: '- post:\n    url: /\n    json:\n      "{{ user }}": 1' }, ['undefined-variable@11']],
    ['in a condition', { flow: '- get:\n    url: /\n    ifTrue: size > 3' }, ['undefined-variable@10']],
    [
      'in the configuration, which is read before',
      { config: 'variables:\n  user: 1\nhttp:\n  defaults:\n    headers:\n      x-a: "{{ user }}"' },
      ['undefined-variable@11'],
    ],
    ['as a function', { flow: '- log: "{{ $randomNumbr(1, 2) }}"' }, ['undefined-variable@8 → $randomNumber']],
  ])('%s', (_where, parts, expected) => {
    expect(found(parts)).toEqual(expected);
  });

  test('and only doubtful where the processor sets variables, but none of this name', () => {
    const parts = { config: 'processor: p.mjs', flow: '- function: pick\n- log: "{{ uesr }} {{ user }}"' };
    expect(found(parts, SETTER)).toEqual(['doubtful-variable@10']);
  });

  test('on the line and column where its braces stand, in a text of several lines', () => {
    const [finding] = checkText(
      testWith({ flow: '- post:\n    url: /\n    body: |\n      one\n      two {{ user }}' }),
    );
    expect(finding).toMatchObject({ position: { line: 12, column: 17 }, endColumn: 27, found: 'user' });
  });
});

test('what runs once before the test hands its captures on, and knows nothing of them itself', () => {
  const text = `${testWith({ flow: '- log: "{{ token }}"' })}before:\n  flow:\n    - get:\n        url: /{{ token }}\n        capture:\n          json: $.a\n          as: token\n`;
  expect(shortForm(checkText(text))).toEqual(['undefined-variable@12']);
});
