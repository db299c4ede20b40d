import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cachedText } from './cached-text.ts';

let folder: string;
let made: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cached-text-'));
  made = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const ask = (file: string, key: string, text = 'const a = 1;\n'): string =>
  cachedText(file, key, () => {
    made.push(key);
    return text;
  });

test('what was made once is not made again, until it would be made of something else', () => {
  const file = join(folder, 'deep/script.js');
  expect([ask(file, 'one'), ask(file, 'one')]).toEqual(['const a = 1;\n', 'const a = 1;\n']);
  expect(made).toEqual(['one']);
  expect([ask(file, 'two', 'b'), ask(file, 'two', 'b')]).toEqual(['b', 'b']);
  expect(made).toEqual(['one', 'two']);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['script.js']);
});

test.each([
  ['half of it', (text: string) => text.slice(0, -3)],
  ['nothing', () => ''],
  ['something else', (text: string) => text.replace('a = 1', 'a = 2')],
])('a file with %s is made again', (_what, damage) => {
  const file = join(folder, 'script.js');
  ask(file, 'one');
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  expect(ask(file, 'one')).toBe('const a = 1;\n');
  expect(made).toHaveLength(2);
});

test('where nothing can be cached it is made each time', () => {
  writeFileSync(join(folder, 'file'), '');
  const file = join(folder, 'file/script.js');
  expect([ask(file, 'one'), ask(file, 'one')]).toEqual(['const a = 1;\n', 'const a = 1;\n']);
  expect(made).toHaveLength(2);
});
