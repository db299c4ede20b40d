import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEGACY_METRICS_FORMAT, Plugin } from './index.ts';

beforeEach(() => {
  process.env.LOCAL_WORKER_ID = '1';
});

afterEach(() => {
  delete process.env.LOCAL_WORKER_ID;
});

test('in a worker the plugin reads nothing, starts nothing and has nothing to stop', async () => {
  const plugin = new Plugin({ config: { target: 'http://127.0.0.1:4600', plugins: { 'reference-platform': 'bad' } } });
  expect(await new Promise((resolve) => plugin.cleanup(resolve))).toBeNull();
});

test('asks for the current metrics format', () => {
  expect(LEGACY_METRICS_FORMAT).toBe(false);
});
