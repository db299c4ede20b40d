import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDueHeap } from './due-heap.ts';

const nothing = (): void => undefined;

test('gives back everything, earliest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
      const heap = createDueHeap();
      for (const dueAt of times) heap.add({ dueAt, callback: nothing });
      const taken = Array.from(times, () => heap.take()?.dueAt);
      expect(taken).toEqual(times.toSorted((a, b) => a - b));
      expect(heap.take()).toBeUndefined();
    }),
  );
});

test('keeps the order of what is due at the same time', () => {
  const heap = createDueHeap();
  const calls: number[] = [];
  for (const index of [0, 1, 2, 3, 4, 5, 6, 7, 8]) heap.add({ dueAt: index % 2, callback: () => calls.push(index) });
  for (let due = heap.take(); due !== undefined; due = heap.take()) due.callback();
  expect(calls).toEqual([0, 2, 4, 6, 8, 1, 3, 5, 7]);
});

test('shows the earliest without taking it', () => {
  const heap = createDueHeap();
  expect(heap.first()).toBeUndefined();
  heap.add({ dueAt: 2, callback: nothing });
  heap.add({ dueAt: 1, callback: nothing });
  expect([heap.first()?.dueAt, heap.take()?.dueAt, heap.first()?.dueAt]).toEqual([1, 1, 2]);
});
