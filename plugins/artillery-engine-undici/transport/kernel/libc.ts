import { createRequire } from 'node:module';

/** The functions of Linux that are called, as their manual pages have them. A Buffer stands for a pointer to it; -1 means an error. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, name: number, value: Buffer, bytes: number): number;
  recvmsg(fd: number, message: Buffer, flags: number): number;
  epoll_create1(flags: number): number;
  epoll_ctl(epoll: number, operation: number, fd: number, event: Buffer): number;
  epoll_wait(epoll: number, events: Buffer, mostEvents: number, timeoutMs: number): number;
  clock_gettime(clock: number, time: Buffer): number;
  /** Of the last call that failed. */
  errno(): number;
  addressOf(buffer: Buffer): bigint;
  /** Calls back in the event loop's turn in which the descriptor is readable. Whoever drops what is returned is called no more. */
  onReadable(fd: number, callback: () => void): Watch;
}

/** Whether to wait for a descriptor keeps the process alive. */
export interface Watch {
  ref(): void;
  unref(): void;
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
    epoll_create1: library.func('int epoll_create1(int)'),
    epoll_ctl: library.func('int epoll_ctl(int, int, int, void*)'),
    epoll_wait: library.func('int epoll_wait(int, void*, int, int)'),
    clock_gettime: library.func('int clock_gettime(int, void*)'),
    errno: () => koffi.errno(),
    addressOf: (buffer) => koffi.address(buffer),
    onReadable: (fd, callback) => koffi.node.poll(fd, { readable: true }, callback),
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
