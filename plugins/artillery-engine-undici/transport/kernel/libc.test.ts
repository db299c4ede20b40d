import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { loadLibc } from './libc.ts';

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'ia32'],
  ['linux', 's390x'],
])('nothing of the kernel is called on %s with %s, whose structures differ', (platform, arch) => {
  expect(loadLibc(platform, arch)).toBeUndefined();
});

test('are there on Linux, and say what went wrong', () => {
  const libc = loadLibc('linux', 'x64');
  const time = Buffer.alloc(16);
  expect(libc?.clock_gettime(0, time)).toBe(0);
  expect(Math.abs(time.readUInt32LE(0) - Date.now() / 1_000)).toBeLessThan(60);
  expect(libc?.recvmsg(-1, Buffer.alloc(72), 0)).toBe(-1);
  expect(libc?.errno()).toBe(constants.errno.EBADF);
});
