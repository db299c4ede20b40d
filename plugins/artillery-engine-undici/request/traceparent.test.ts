import { describe, expect, test } from 'vitest';
import { traceparentSource } from './traceparent.ts';

describe('the traceparent header', () => {
  test.each([undefined, false, { enabled: false }])('is not sent with %j', (setting) => {
    expect(traceparentSource(setting)).toBeUndefined();
  });

  test.each([
    [true, /^00-a9[0-9a-f]{30}-[0-9a-f]{16}-01$/],
    [{}, /^00-a9[0-9a-f]{30}-[0-9a-f]{16}-01$/],
    [{ sampled: false }, /-00$/],
    [{ traceIdPrefix: 'C0FFEE!' }, /^00-c0ffee[0-9a-f]{26}-/],
    [{ traceIdPrefix: 'xyz' }, /^00-a9/],
  ])('is made with %j', (setting, shape) => {
    const next = traceparentSource(setting);
    expect(next?.()).toMatch(shape);
    expect(next?.()).not.toBe(next?.());
  });
});
