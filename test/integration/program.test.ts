import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test('a reader that goes away is not a fault', async () => {
  const child = spawn(process.execPath, [MAIN, '--help']);
  child.stdout.destroy();
  const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ stderr, code, signal }).toEqual({ stderr: '', code: 0, signal: null });
});

test('a command that cannot be loaded is a defect of the installation, said without a stack', () => {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) { if (name === 'oxc-parser') throw new Error('no native part'); return next(name, context); } });`;
  const preload = `--import=data:text/javascript,${encodeURIComponent(hooks)}`;
  const run = (...words: string[]) => spawnSync(process.execPath, [preload, MAIN, ...words], { encoding: 'utf8' });
  const { status, stdout, stderr } = run('check', 'test.yml');
  expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
  expect(stderr).toContain('no native part');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(run('--debug', 'check', 'test.yml').stderr).toMatch(/^\s+at /m);
});
