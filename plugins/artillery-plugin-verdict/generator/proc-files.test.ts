import { expect, test } from 'vitest';
import { cpuTicks, descriptorLimit, portCount, runQueueLength, runQueueWaitMs, tcpSockets } from './proc-files.ts';

const STAT = `cpu  640616 987 165212 1671089 7851 0 4701 283 5 0
cpu0 320000 500 80000 830000 4000 0 2300 140 0 0
procs_running 3
procs_blocked 0
`;

test('reads what Linux writes', () => {
  expect(runQueueWaitMs('63078946 2293553 22\n')).toBeCloseTo(2.293553);
  expect(cpuTicks(STAT)).toEqual({ busy: 811_516, steal: 283, total: 2_490_739 });
  expect(runQueueLength(STAT)).toBe(3);
  const limits = 'Limit                     Soft Limit           Hard Limit           Units\n';
  expect(descriptorLimit(`${limits}Max open files            1024                 20000                files\n`)).toBe(
    1024,
  );
  expect(descriptorLimit(`${limits}Max open files            unlimited            unlimited            files\n`)).toBe(
    Infinity,
  );
  expect(tcpSockets('sockets: used 16\nTCP: inuse 31 orphan 0 tw 5 alloc 40 mem 0\nUDP: inuse 0 mem 0\n')).toBe(36);
  expect(portCount('32768\t60999\n')).toBe(28_232);
});

test.each([runQueueWaitMs, cpuTicks, runQueueLength, descriptorLimit, tcpSockets, portCount])(
  '%j does not know what is not there',
  (read) => {
    expect(read('')).toBeUndefined();
    expect(read('something else\n')).toBeUndefined();
  },
);
