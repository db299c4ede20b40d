import { expect, test } from 'vitest';
import { checkText, shortForm, testWith } from '../testing/check-text.ts';

const VERDICT = 'plugins:\n  verdict:\n    secrets:\n      - ';

function found(secret: string, parts: Parameters<typeof testWith>[0] = {}): string[] {
  const config = [parts?.config ?? '', `${VERDICT}${secret}`].filter((part) => part !== '').join('\n');
  const files = {
    'users.csv': 'ann,1\nbob,2\n',
    'p.js': 'exports.a = async (context) => { context.vars.ticket = 1; };',
  };
  return shortForm(checkText(testWith({ ...parts, config }), files, { env: { SHELL_PIN: '1' } }));
}

test('a declared secret that nothing is called is a warning, with what was meant', () => {
  expect(found('customerPIN', { config: 'variables:\n  customerPin: "1"' })).toEqual([
    'unknown-secret@11 → customerPin',
  ]);
  expect(found('ticket')).toEqual(['unknown-secret@9']);
});

test.each<[string, string, Parameters<typeof testWith>[0]]>([
  ['a variable', 'pin', { config: 'variables:\n  pin: "1"' }],
  ['a column', 'pin', { config: 'payload:\n  path: users.csv\n  fields: [name, pin]' }],
  ['a capture', 'seen', { flow: '- get:\n    url: /\n    capture:\n      json: $.a\n      as: seen' }],
  ['a variable of the shell', 'SHELL_PIN', {}],
  ['a variable that the processor sets', 'ticket', { config: 'processor: p.js' }],
])('%s may be declared', (_what, secret, parts) => {
  expect(found(secret, parts)).toEqual([]);
});
