import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadFault, type PackageKind } from './load-fault.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loading-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

/** `file:line reason` of the first of the files. */
function fault(files: Files, kind: PackageKind = 'plugin'): string | undefined {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const found = loadFault(join(folder, Object.keys(files)[0] ?? ''), kind);
  return found && `${found.file.slice(folder.length + 1)}:${found.line} ${found.reason}`;
}

const PLUGIN = 'export class Plugin {}\n';

describe('TypeScript that Node cannot run is found', () => {
  test.each([
    ['an enum', 'enum A { B }'],
    ['an enum', 'const enum A { B }'],
    ['a namespace', 'namespace A { export const b = 1; }'],
    ['a namespace', 'module A {}'],
    ['a parameter property (constructor(private x …))', 'class A { constructor(private b: number) {} }'],
    ['import … = …', "import a = require('node:fs');"],
    ['a type assertion in angle brackets (<T>x; write x as T)', 'const a = <number>b;'],
    ['a decorator', '@a class A {}'],
  ])('%s: %s', (what, line) => {
    expect(fault({ 'index.ts': `${PLUGIN}${line}\n` })).toBe(
      `index.ts:2 it holds ${what}, and Node only takes types away from TypeScript`,
    );
  });

  test.each([
    'declare enum A { B }',
    'declare namespace A { const b: 1; }',
    'namespace A { export type B = 1; }',
    "import type a = require('node:fs');",
    "import type { A } from './none.ts';",
    'abstract class A { abstract b(): void; declare c: number; d!: string }',
    'const a = b as unknown as number; const c = d satisfies string;',
  ])('but not %s', (line) => {
    expect(fault({ 'index.ts': `${PLUGIN}${line}\n` })).toBeUndefined();
  });

  test('inside node_modules all of it', () => {
    expect(fault({ 'node_modules/a/index.ts': PLUGIN })).toContain('it is TypeScript inside node_modules');
  });
});

test('a file that cannot be read as a program is found, at its line', () => {
  expect(fault({ 'index.ts': `${PLUGIN}const a = ;\n` })).toBe('index.ts:2 it cannot be read: Unexpected token');
});

describe('an import that leads nowhere is found', () => {
  test.each([
    ['of a file', "import './none.ts';", 'it imports ./none.ts, which does not exist'],
    [
      'without the extension',
      "import { b } from './b';",
      'it imports ./b, which does not exist; b.ts does (imports carry the extension of the file)',
    ],
    [
      'of a package',
      "import a from 'no-such-package/sub';",
      'it imports the package no-such-package, which is not installed',
    ],
    [
      'of a package with a scope',
      "export * from '@no/such';",
      'it imports the package @no/such, which is not installed',
    ],
    [
      'of a type without saying so',
      "import { T } from './b.ts';",
      'it imports T from ./b.ts, which exports no such value (types are imported with "import type")',
    ],
  ])('%s', (_what, line, reason) => {
    expect(fault({ 'index.ts': `${PLUGIN}${line}\n`, 'b.ts': 'export const b = 1;\nexport type T = 1;\n' })).toBe(
      `index.ts:2 ${reason}`,
    );
  });

  test('in any file that is imported', () => {
    expect(fault({ 'index.ts': `import './a.ts';\n${PLUGIN}`, 'a.ts': "\nimport './none.ts';\n" })).toBe(
      'a.ts:2 it imports ./none.ts, which does not exist',
    );
    expect(fault({ 'index.cjs': "exports.Plugin = require('./none');" })).toBe(
      'index.cjs:1 it imports ./none, which does not exist',
    );
  });

  test.each([
    ['of Node', { 'index.ts': `import 'node:fs';\nimport 'path';\n${PLUGIN}` }],
    ['of an installed package', { 'index.ts': `import 'a/b';\n${PLUGIN}`, 'node_modules/a/b.js': '' }],
    [
      'of the package itself',
      { 'index.js': `import 'me/x';\n${PLUGIN}`, 'package.json': '{"name":"me","type":"module"}' },
    ],
    ['that may fail', { 'index.cjs': "try { require('none'); } catch {}\nexports.Plugin = class {};" }],
    ['that is made later', { 'index.cjs': "exports.Plugin = class { constructor() { require('none'); } };" }],
    ['of JSON by CommonJS', { 'index.cjs': "require('./a');\nexports.Plugin = class {};", 'a.json': '{}' }],
    ['in a circle', { 'index.ts': `import './a.ts';\n${PLUGIN}`, 'a.ts': "import './index.ts';" }],
  ])('but not one %s', (_what, files: Files) => {
    expect(fault(files)).toBeUndefined();
  });
});

describe('a module without what Artillery looks for is found', () => {
  test.each<[string, PackageKind, Files]>([
    ['no class Plugin', 'plugin', { 'index.ts': 'export class Plugins {}' }],
    ['no class Plugin', 'plugin', { 'index.ts': 'export interface Plugin {}\nexport const a = 1;' }],
    ['no class Plugin', 'plugin', { 'index.cjs': 'exports.plugin = class {};' }],
    ['no class Plugin', 'plugin', { 'index.cjs': 'module.exports = { plugin: class {} };' }],
    ['no class as its default', 'engine', { 'index.ts': 'export class Engine {}' }],
    ['no class as its default', 'engine', { 'index.cjs': 'exports.Engine = class {};' }],
  ])('%s: %s of %j', (what, kind, files) => {
    expect(fault(files, kind)).toContain(`it exports ${what}`);
  });

  test.each<[PackageKind, Files]>([
    ['plugin', { 'index.ts': PLUGIN }],
    ['plugin', { 'index.ts': 'class A {}\nexport { A as Plugin };' }],
    ['plugin', { 'index.mjs': 'export default function () {}' }],
    ['plugin', { 'index.ts': "export * from './a.ts';", 'a.ts': PLUGIN }],
    ['plugin', { 'index.cjs': 'module.exports = { Plugin: class {} };' }],
    ['plugin', { 'index.cjs': 'module.exports = function () {};' }],
    ['plugin', { 'index.cjs': 'module.exports = { ...create() };' }],
    ['plugin', { 'index.cjs': 'Object.defineProperty(exports, "__esModule", {});\nexports.Plugin = class {};' }],
    ['engine', { 'index.ts': 'export default class {}' }],
    ['engine', { 'index.ts': 'class A {}\nexport { A as default };' }],
    ['engine', { 'index.cjs': 'class A {}\nmodule.exports = A;' }],
  ])('but not %s %j', (kind, files) => {
    expect(fault(files, kind)).toBeUndefined();
  });
});

test('CommonJS that is written as an ES module is found', () => {
  expect(fault({ 'index.js': PLUGIN })).toBeUndefined();
  expect(fault({ 'index.js': PLUGIN, 'package.json': '{"type":"commonjs"}' })).toContain('and uses import or export');
});

test('the plugins of this repository, and those of Artillery, can be loaded', () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const builtIn = join(root, 'node_modules/artillery/dist/builtin-packages');
  const files = [
    'plugins/artillery-plugin-verdict/index.ts',
    'plugins/artillery-plugin-reference-platform/index.ts',
  ].map((file) => join(root, file));
  const { resolve } = createRequire(import.meta.url);
  const own = ['apdex', 'expect', 'fake-data', 'publish-metrics', 'slack'].map((name) =>
    resolve(join(builtIn, `artillery-plugin-${name}`)),
  );
  expect([...files, ...own].flatMap((file) => loadFault(file, 'plugin') ?? [])).toEqual([]);
});
