import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const MODULE = new URL('spare-descriptors.ts', import.meta.url).href;

/** Opens files until no more can be had, and then tries to write. */
const PROGRAM = `
import { openSync, readFileSync } from 'node:fs';
const { keepSpareDescriptors } = await import('${MODULE}');
const giveBack = keepSpareDescriptors();
const read = () => {
  try {
    return readFileSync('/dev/null', 'utf8') === '' ? 'read' : 'what?';
  } catch ({ code }) {
    return code;
  }
};
try {
  for (;;) openSync('/dev/null');
} catch {}
const without = read();
giveBack();
giveBack();
console.log(without, read());
`;

test('files can be opened where a process has used up all that it may have', () => {
  const node = [process.execPath, '--input-type=module', '-e', PROGRAM];
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...node], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'EMFILE read\n', stderr: '' });
});
