import { createRequire } from 'node:module';

/** The functions of Linux that are called, as their manual pages have them. A Buffer stands for a pointer to it; -1 means an error. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, name: number, value: Buffer, bytes: number): number;
  recvmsg(fd: number, message: Buffer, flags: number): number;
  clock_gettime(clock: number, time: Buffer): number;
  /** Of the last call that failed. */
  errno(): number;
  addressOf(buffer: Buffer): bigint;
}

/** The structures below are those of 64-bit processors on which the kernel's generic constants hold. */
const PROCESSORS: readonly string[] = ['x64', 'arm64'];

/** @returns undefined where this is not Linux on such a processor, or the package that calls C is not installed. */
export function loadLibc(platform: string = process.platform, arch: string = process.arch): Libc | undefined {
  if (platform !== 'linux' || !PROCESSORS.includes(arch)) return undefined;
  const koffi = loadKoffi();
  if (koffi === undefined) return undefined;
  const library = koffi.load(null);
  return {
    socket: library.func('int socket(int, int, int)'),
    setsockopt: library.func('int setsockopt(int, int, int, void*, uint32_t)'),
    recvmsg: library.func('int64_t recvmsg(int, void*, int)'),
    clock_gettime: library.func('int clock_gettime(int, void*)'),
    errno: () => koffi.errno(),
    addressOf: (buffer) => koffi.address(buffer),
  };
}

function loadKoffi(): typeof import('koffi') | undefined {
  try {
    return createRequire(import.meta.url)('koffi');
  } catch {
    // An optional dependency: it has no binary for every system.
    return undefined;
  }
}
