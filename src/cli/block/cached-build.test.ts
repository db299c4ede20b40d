import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BuildSync, cachedBuild } from './cached-build.ts';

let folder: string;
let builds: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cached-build-'));
  builds = 0;
  writeFileSync(join(folder, 'entry.ts'), 'one');
  writeFileSync(join(folder, 'imported.ts'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ entryPoints: [join(folder, 'entry.ts')], outfile: join(folder, 'dist/entry.js') });

/** Builds as esbuild does: the output is all inputs, one after the other. */
const builder: BuildSync = ({ outfile }) => {
  builds += 1;
  const inputs = ['entry.ts', 'imported.ts'].map((name) => join(folder, name));
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(outfile, inputs.map((path) => readFileSync(path, 'utf8')).join(' '));
  return { metafile: { inputs: Object.fromEntries(inputs.map((path) => [path, {}])) } };
};

function build(version = '1', cache = join(folder, 'cache')): string {
  cachedBuild(cache, version, () => builder)(options());
  return readFileSync(options().outfile, 'utf8');
}

test('builds once, and writes the same again where the output was taken away', () => {
  expect(build()).toBe('one two');
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(build()).toBe('one two');
  expect(builds).toBe(1);
});

test.each(['entry.ts', 'imported.ts'])('builds again when %s has changed', (name) => {
  build();
  writeFileSync(join(folder, name), 'three');
  expect(build()).toContain('three');
  expect(builds).toBe(2);
});

test('builds again when settings appear beside the entry, and with another esbuild', () => {
  build();
  writeFileSync(join(folder, 'tsconfig.json'), '{}');
  build();
  expect(builds).toBe(2);
  build('2');
  expect(builds).toBe(3);
});

test('builds without a cache where none can be written or what is there is damaged', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(build('1', join(folder, 'file'))).toBe('one two');
  build();
  for (const name of readdirSync(join(folder, 'cache'))) writeFileSync(join(folder, 'cache', name), '{');
  expect(build()).toBe('one two');
  expect(builds).toBe(3);
});

test('what esbuild says of a fault is passed on', () => {
  const failing: BuildSync = () => {
    throw new Error('entry.ts:1:1: unexpected');
  };
  expect(() => cachedBuild(join(folder, 'cache'), '1', () => failing)(options())).toThrow('unexpected');
});
