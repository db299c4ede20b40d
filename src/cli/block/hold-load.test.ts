import { expect, test } from '@jest/globals';
import { holdLoad, type LocalPlatform } from './hold-load.ts';

/** Artillery's launcher, which writes down what it does. */
function launcher(before?: unknown) {
  const done: string[] = [];
  class Local implements LocalPlatform {
    readonly script = before === undefined ? {} : { before };
    async init(): Promise<void> {
      done.push('before');
    }
    async runWorker(id: string, variables: string): Promise<void> {
      done.push(`${id} ${variables}`);
    }
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  holdLoad(Local.prototype, () => promise);
  const local = new Local();
  const start = async (): Promise<void> => {
    await local.init();
    done.push('prepared');
    await local.runWorker('w1', '{}');
  };
  return { done, start, may: resolve };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('prepares workers, and begins when it may', async () => {
  const { done, start, may } = launcher();
  const started = start();
  await settled();
  expect(done).toEqual(['before', 'prepared']);
  may();
  await started;
  expect(done).toEqual(['before', 'prepared', 'w1 {}']);
});

test('does not run "before" on a system that is not there yet', async () => {
  const { done, start, may } = launcher({ flow: [] });
  const started = start();
  await settled();
  expect(done).toEqual([]);
  may();
  await started;
  expect(done).toEqual(['before', 'prepared', 'w1 {}']);
});
