import { afterEach, expect, test } from 'vitest';
import { blockInForeground } from './foreground.ts';

const listener = (): void => undefined;

afterEach(() => {
  process.off('SIGHUP', listener);
});

test('signals end the process while it is blocked, and are listened to again afterwards', () => {
  process.on('SIGHUP', listener);
  const before = process.listeners('SIGHUP');
  expect(blockInForeground(() => process.listenerCount('SIGHUP'))).toBe(0);
  expect(process.listeners('SIGHUP')).toEqual(before);
});

test('signals are listened to again when the work fails', () => {
  process.on('SIGHUP', listener);
  expect(() =>
    blockInForeground(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(process.listeners('SIGHUP')).toContain(listener);
});
