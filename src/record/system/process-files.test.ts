import { describe, expect, test } from 'vitest';
import {
  availableMemoryBytes,
  listenersOn,
  parseChildren,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
  stalledMicros,
  threadCpuMs,
} from './process-files.ts';

// As Linux 6.1 wrote them.
const STAT =
  '1234 (my (odd) name) S 77 1234 1234 0 -1 4194304 8342 0 3 0 412 96 5 6 20 0 11 0 8730141 1180000256 31337 18446744073709551615 1 1 0 0 0 0 0 16781312 134235650 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0';
const STATUS =
  'Name:\tnode\nVmRSS:\t  252000 kB\nRssAnon:\t  200000 kB\nRssFile:\t   50000 kB\nRssShmem:\t    2000 kB\nThreads:\t11\n';
const IO = 'rchar: 9\nwchar: 8\nsyscr: 7\nsyscw: 6\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n';
const TCP = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:11F8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 55501 1 0 100 0 0 10 0',
  '   1: 0100007F:11F8 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 55502 1 0 20 4 30 10 -1',
  '   2: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 55503 1 0 100 0 0 10 0',
].join('\n');

describe('files of /proc', () => {
  test('a name in /proc/<pid>/stat may hold spaces and parentheses', () => {
    expect(parseProcessStat(STAT)).toEqual({
      ...{ name: 'my (odd) name', parent: 77, cpuTicks: 508, threads: 11, startedAtTicks: 8_730_141 },
    });
  });

  test('memory is what is private and what may be shared', () => {
    expect(parseProcessMemory(STATUS)).toEqual({ privateBytes: 204_800_000, sharedBytes: 53_248_000 });
  });

  test('processor time of a thread, without the time in which it waited for one', () => {
    expect(threadCpuMs('1234500000 99000000 77\n')).toBe(1234.5);
  });

  test('bytes of disks', () => {
    expect(parseProcessIo(IO)).toEqual({ readBytes: 4096, writtenBytes: 8192 });
  });

  test('children', () => {
    expect(parseChildren('12 34 ')).toEqual([12, 34]);
    expect(parseChildren('')).toEqual([]);
  });

  test('only sockets that listen on the port', () => {
    expect(listenersOn(4600, TCP)).toEqual(['55501']);
    expect(listenersOn(4601, TCP)).toEqual([]);
  });

  test('memory and pressure of the machine', () => {
    expect(availableMemoryBytes('MemTotal: 9 kB\nMemAvailable:   2048 kB\n')).toBe(2_097_152);
    expect(stalledMicros('some avg10=0.18 avg60=1.89 avg300=7.66 total=288963134\nfull avg10=0 total=7\n')).toBe(
      288_963_134,
    );
  });

  test.each([parseProcessStat, parseProcessMemory, parseProcessIo, threadCpuMs, availableMemoryBytes, stalledMicros])(
    '%j knows nothing of an empty file',
    (parse) => {
      expect(parse('')).toBeUndefined();
    },
  );
});
