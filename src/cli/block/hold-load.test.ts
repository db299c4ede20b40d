import { expect, test } from 'vitest';
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
  const ready = Promise.withResolvers<void>();
  const begin = Promise.withResolvers<void>();
  const untilBegin = (): Promise<void> => {
    done.push('could begin');
    return begin.promise;
  };
  holdLoad(Local.prototype, { ready: ready.promise, untilBegin });
  const local = new Local();
  const start = async (): Promise<void> => {
    await local.init();
    done.push('prepared');
    await Promise.all(['w1', 'w2'].map((worker) => local.runWorker(worker, '{}')));
  };
  return { done, start, ready: ready.resolve, begin: begin.resolve };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('prepares workers, and begins when it may', async () => {
  const { done, start, begin } = launcher();
  const started = start();
  await settled();
  expect(done).toEqual(['before', 'prepared', 'could begin']);
  begin();
  await started;
  expect(done).toEqual(['before', 'prepared', 'could begin', 'w1 {}', 'w2 {}']);
});

test('does not run "before" on a system that is not there yet', async () => {
  const { done, start, ready, begin } = launcher({ flow: [] });
  const started = start();
  await settled();
  expect(done).toEqual([]);
  ready();
  await settled();
  expect(done).toEqual(['before', 'prepared', 'could begin']);
  begin();
  await started;
  expect(done.slice(3)).toEqual(['w1 {}', 'w2 {}']);
});
