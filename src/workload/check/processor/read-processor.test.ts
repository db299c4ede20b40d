import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Processor, readProcessor } from './read-processor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function processor(files: Readonly<Record<string, string>>): Processor {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readProcessor(join(folder, Object.keys(files)[0] ?? ''));
}

function exportsOf(files: Readonly<Record<string, string>>): string[] | undefined {
  const { functions } = processor(files);
  return functions && [...functions].toSorted();
}

describe('the exports of an ES module', () => {
  test.each([
    [
      'functions and constants',
      'export function a() {}\nexport async function b() {}\nexport const c = 1, d = () => 2;',
      ['a', 'b', 'c', 'd'],
    ],
    ['renamed ones', 'const x = 1;\nexport { x as y };', ['y']],
    ['destructured ones', 'export const { a, b: [c], ...d } = o;', ['a', 'c', 'd']],
    ['classes', 'export class A {}', ['A']],
    ['no types', 'export type T = 1;\nexport interface I {}\nexport const a = 1;', ['a']],
    ['an enum', 'export enum E { A }', ['E']],
    [
      'the keys of an object that is the default',
      'export default { a, b() {}, "c": 1, ...{ d: 2 } };',
      ['a', 'b', 'c', 'd'],
    ],
    ['the keys of a constant that is the default', 'const o = { a: 1 };\no.b = 2;\nexport default o;', ['a', 'b']],
    ['nothing of a function that is the default', 'export default function () {}', []],
  ])('are %s', (_what, text, names) => {
    expect(exportsOf({ 'p.ts': text })).toEqual(names);
  });

  test('are those of other files too, however they are named', () => {
    const files = {
      'p.ts':
        "export * from './a';\nexport * as all from './a';\nexport { x } from './b.js';\nexport * from './folder';",
      'a.mts': "export const a = 1;\nexport * from './p.ts';",
      'b.ts': 'export const x = 1, hidden = 2;',
      'folder/index.js': 'export const deep = 1;',
    };
    expect(exportsOf(files)).toEqual(['a', 'all', 'deep', 'x']);
  });

  test.each([
    ['another package', "export * from 'some-package';"],
    ['a file that is not there', "export * from './none';"],
    ['a default that is computed', 'export default create();'],
    ['a file that cannot be read as a program', 'export const = ;'],
  ])('are not known where they come from %s', (_where, text) => {
    expect(exportsOf({ 'p.ts': text })).toBeUndefined();
  });
});

describe('the exports of a CommonJS module', () => {
  test.each([
    ['an object', 'module.exports = { a, b: function () {}, async c() {}, "d-e": 1 };', ['a', 'b', 'c', 'd-e']],
    ['single ones', 'exports.a = 1;\nmodule.exports.b = 2;\nmodule.exports["c"] = 3;', ['a', 'b', 'c']],
    ['a chain', 'exports = module.exports = { a: 1 };\nexports.b = exports.c = 2;', ['a', 'b', 'c']],
    [
      'a constant that is filled later',
      'const h = {};\nh.a = 1;\nfunction f() { h.b = 2; }\nmodule.exports = h;',
      ['a', 'b'],
    ],
    ['a spread constant', 'const h = { a: 1 };\nmodule.exports = { ...h, b: 2 };', ['a', 'b']],
    ['a function with properties', 'module.exports = function () {};\nmodule.exports.a = 1;', ['a']],
    [
      'what compilers write',
      'Object.defineProperty(exports, "__esModule", { value: true });\nexports.a = 1;',
      ['__esModule', 'a'],
    ],
    ['none', 'const a = 1;', []],
    ['this', 'this.a = () => undefined;', ['a']],
    ['one that others read', 'exports.a = 1;\nif (require.main === module) exports.a();', ['a']],
  ])('are those of %s', (_what, text, names) => {
    expect(exportsOf({ 'p.cjs': text })).toEqual(names);
  });

  test('are those of required files too', () => {
    const files = {
      'p.js': "const users = require('./users');\nmodule.exports = { ...users, ...require('./tokens'), a: 1 };",
      'users.js': 'exports.pickUser = 1;',
      'tokens.js': "module.exports = require('./deep');",
      'deep.js': 'module.exports = { createToken() {} };',
    };
    expect(exportsOf(files)).toEqual(['a', 'createToken', 'pickUser']);
  });

  test('are those of export = in TypeScript', () => {
    expect(exportsOf({ 'p.ts': 'export = { a: 1 };' })).toEqual(['a']);
  });

  test.each([
    ['a call', 'module.exports = create();'],
    ['a package', "module.exports = { ...require('some-package') };"],
    ['a computed key', 'module.exports = { [name]: 1 };'],
    ['a computed assignment', 'exports[name] = 1;'],
    ['another function', 'fill(module.exports);'],
    ['an alias', 'const all = exports;\nall.a = 1;'],
    ['two constants that name each other', 'let a = b;\nlet b = a;\nmodule.exports = a;'],
  ])('are not known where they come from %s', (_where, text) => {
    expect(exportsOf({ 'p.cjs': text })).toBeUndefined();
  });
});

describe('what else a processor says', () => {
  test('is any word of it and of the files that it imports', () => {
    const found = processor({
      'p.ts': "import './a.ts';\nconst x = require('./b.cjs');",
      'a.ts': 'const userName = 1;',
      'b.cjs': 'v.token = 1;',
    });
    expect(['userName', 'token', 'user', 'name'].map((word) => found.mentions(word))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test.each([
    ['context.vars.user = 1;', false],
    ["context.vars['user'] = 1;", false],
    ['if (context.vars.user === 1) {}', false],
    ["import type { VUContext } from 'artillery';\nimport { join } from 'node:path';", false],
    ['context.vars[name] = 1;', true],
    ['Object.assign(context.vars, row);', true],
    ['const { vars } = context;', true],
    ['context.vars = { ...row };', true],
    ['const all = context.vars;', true],
    ["import { fill } from 'some-package';", true],
  ])('whether %j may set any variable: %j', (text, expected) => {
    expect(processor({ 'p.ts': text }).setsAnyName).toBe(expected);
  });
});
