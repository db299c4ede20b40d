import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext, Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkModules } from './link-modules.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'link-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function link(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return linkModules(pathToFileURL(join(folder, 'main.ts')));
}

/** Runs a script that leaves its result in `out`. */
function run(script: string): unknown {
  const out: { value?: unknown } = {};
  runInNewContext(script, { out });
  return out.value;
}

test('modules run in the order in which they need each other, each once, and names do not clash', () => {
  const script = link({
    'main.ts':
      "import { double, type Size } from './a.ts';\nimport {\n  size as other,\n} from './b.ts';\nconst size: Size = 3;\nout.value = [double(size), other];\n",
    'a.ts':
      "import { size } from './b.ts';\n/** A doc. */\nexport function double(value: number): number {\n  return value * size;\n}\nexport interface Size { x: 1 }\n",
    'b.ts': 'export const size = 2 as number;\n',
  });
  expect(run(script)).toEqual([6, 2]);
  expect(script.match(/const size = 2/g)).toHaveLength(1);
});

test.each([
  ['a default import', "import x from './b.ts';\n"],
  ['a re-export', "export { size } from './b.ts';\n"],
  ['a star import', "import * as b from './b.ts';\n"],
])('refuses %s rather than guessing', (_name, text) => {
  expect(() => link({ 'main.ts': text, 'b.ts': 'export const size = 2;\n' })).toThrow(/cannot link/);
});

test('the scripts of the report are linked, and hold nothing that ends them early', () => {
  const script = linkModules(new URL('../browser/main.ts', import.meta.url));
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(() => new Script(script)).not.toThrow();
});
