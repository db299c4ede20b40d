import { expect, test } from 'vitest';
import { NONE, SampleBuffer } from './sample-buffer.ts';

/** Adds a sample that differs from others in when it was due and how long it took. */
function addNumbered(buffer: SampleBuffer, number: number): void {
  buffer.add(number + 0.25, 1, NONE, NONE, 2, 3, number, 200, -1, 10, 20, 1, -1, -1, 0);
}

test('hands out each value in its own column', () => {
  const buffer = new SampleBuffer(3);
  buffer.add(1_000.5, 1, 2, 3, 4, 5, 6, 503, 7, 8, 9, 1, 10, 11, 12);
  expect(buffer.take()).toEqual({
    worker: 3,
    count: 1,
    due: Float64Array.of(1_000.5),
    queued: Uint32Array.of(1),
    connect: Uint32Array.of(2),
    tls: Uint32Array.of(3),
    sent: Uint32Array.of(4),
    firstByte: Uint32Array.of(5),
    lastByte: Uint32Array.of(6),
    status: Uint16Array.of(503),
    error: Int16Array.of(7),
    bytesUp: Uint32Array.of(8),
    bytesDown: Uint32Array.of(9),
    reused: Uint8Array.of(1),
    phase: Int16Array.of(10),
    journey: Int16Array.of(11),
    endpoint: Int16Array.of(12),
    names: { error: [], phase: [], journey: [], endpoint: [] },
  });
});

test('keeps NONE apart from every time that can happen', () => {
  const buffer = new SampleBuffer(1);
  buffer.add(0, NONE, NONE - 1, 0, 0, 0, 0, 0, -1, 0, 0, 0, -1, -1, -1);
  const batch = buffer.take();
  expect([batch?.queued[0], batch?.connect[0], batch?.error[0]]).toEqual([NONE, NONE - 1, -1]);
});

test('loses no sample when it grows', () => {
  const buffer = new SampleBuffer(1);
  for (let number = 0; number < 10_000; number += 1) addNumbered(buffer, number);
  const batch = buffer.take();
  expect(batch?.count).toBe(10_000);
  expect([...(batch?.lastByte ?? [])]).toEqual(Array.from({ length: 10_000 }, (_, number) => number));
  expect(batch?.due[9_999]).toBe(9_999.25);
});

test('begins anew after each take and leaves what was taken alone', () => {
  const buffer = new SampleBuffer(1);
  addNumbered(buffer, 1);
  const first = buffer.take();
  addNumbered(buffer, 2);
  expect(first?.lastByte).toEqual(Uint32Array.of(1));
  expect(buffer.take()?.lastByte).toEqual(Uint32Array.of(2));
  expect(buffer.take()).toBeUndefined();
});

test('gives each name of a column one id for good', () => {
  const buffer = new SampleBuffer(1);
  expect([
    buffer.nameId('endpoint', 'Search'),
    buffer.nameId('endpoint', 'constructor'),
    buffer.nameId('journey', 'Search'),
    buffer.nameId('endpoint', 'Search'),
  ]).toEqual([0, 1, 0, 0]);
  addNumbered(buffer, 1);
  const first = buffer.take();
  buffer.nameId('endpoint', 'Sign in');
  addNumbered(buffer, 2);
  expect(first?.names.endpoint).toEqual(['Search', 'constructor']);
  expect(buffer.take()?.names).toEqual({
    error: [],
    phase: [],
    journey: ['Search'],
    endpoint: ['Search', 'constructor', 'Sign in'],
  });
});

test('calls the names after the 4,095th (other)', () => {
  const buffer = new SampleBuffer(1);
  for (let number = 0; number < 10_000; number += 1) buffer.nameId('error', `error ${number}`);
  expect([buffer.nameId('error', 'error 4094'), buffer.nameId('error', 'error 4095')]).toEqual([4_094, 4_095]);
  expect(buffer.nameId('error', 'error 9999')).toBe(4_095);
  addNumbered(buffer, 1);
  const names = buffer.take()?.names.error;
  expect([names?.length, names?.at(-1)]).toEqual([4_096, '(other)']);
});
