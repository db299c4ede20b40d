import { describe, expect, test } from 'vitest';
import { checkText, type Files, shortForm, testWith } from '../testing/check-text.ts';

const PROCESSOR: Files = { 'p.mjs': 'export const pick = async () => {};' };

function found(parts: Parameters<typeof testWith>[0], files: Files = PROCESSOR): string[] {
  return shortForm(checkText(testWith({ config: 'processor: ./p.mjs', ...parts }), files));
}

describe('a function that the processor does not export is found', () => {
  test.each([
    ['in a step', { flow: '- function: pik' }, ['unknown-function@9 → pick']],
    ['in a hook of the scenario', { head: 'beforeScenario: pik' }, ['unknown-function@8 → pick']],
    ['in a list of hooks', { head: 'onError:\n  - pick\n  - pik' }, ['unknown-function@10 → pick']],
    ['in a hook of a request', { flow: '- get:\n    url: /\n    afterResponse: pik' }, ['unknown-function@11 → pick']],
    ['as the end of a loop', { flow: '- loop:\n    - think: 1\n  whileTrue: pik' }, ['unknown-function@11 → pick']],
    ['inside of a loop', { flow: '- loop:\n    - function: pik\n  count: 1' }, ['unknown-function@10 → pick']],
  ])('%s', (_where, parts, expected) => {
    expect(found(parts)).toEqual(expected);
  });

  test('before and after the test', () => {
    const text = `${testWith({ config: 'processor: ./p.mjs' })}before:\n  flow:\n    - function: pik\nafter:\n  flow:\n    - function: pik\n`;
    expect(shortForm(checkText(text, PROCESSOR))).toEqual(['unknown-function@13 → pick', 'unknown-function@16 → pick']);
  });

  test('where no processor is named at all', () => {
    expect(found({ config: '', flow: '- function: pick' })).toEqual(['unknown-function@8']);
  });
});

describe('nothing is said', () => {
  test.each([
    ['of one that is exported', { flow: '- function: pick' }],
    [
      'of one that a variable names',
      {
        config: 'processor: ./p.mjs\nvariables:\n  hook: pick',
        flow: '- get:\n    url: /\n    beforeRequest: "{{ hook }}"',
      },
    ],
    [
      'of one that another plugin may bring',
      { config: 'processor: ./p.mjs\nplugins:\n  unknown-plugin: {}', flow: '- function: fuzzEverything' },
    ],
  ])('%s', (_of, parts) => {
    expect(found(parts).filter((fault) => !fault.startsWith('plugin-not-found'))).toEqual([]);
  });

  test('where the exports cannot be told', () => {
    expect(found({ flow: '- function: anything' }, { 'p.mjs': "export * from 'some-package';" })).toEqual([]);
  });

  test('where a template names the processor', () => {
    expect(found({ config: 'processor: "{{ $env.P }}"', flow: '- function: anything' })).toEqual([]);
  });
});

describe('the processor', () => {
  test('must exist', () => {
    expect(found({ config: 'processor: ./q.mjs' })).toEqual(['processor-missing@6 → ./p.mjs']);
  });

  test('may be named without .js, as Node finds it', () => {
    expect(found({ config: 'processor: ./p' }, { 'p.js': 'exports.pick = 1;' })).toEqual([]);
    expect(found({ config: 'processor: ./p' }, { 'p/index.js': 'exports.pick = 1;' })).toEqual([]);
  });

  test('is a problem as TypeScript in a package of ES modules, as .mts it is none', () => {
    const files = {
      'p.ts': 'export const a = 1;',
      'p.mts': 'export const a = 1;',
      'package.json': '{"type":"module"}',
    };
    expect(found({ config: 'processor: ./p.ts' }, files)).toEqual(['processor-module-type@6']);
    expect(found({ config: 'processor: ./p.mts' }, files)).toEqual([]);
    expect(found({ config: 'processor: ./p.ts' }, { ...files, 'package.json': '{}' })).toEqual([]);
  });
});
