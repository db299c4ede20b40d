import { BroadcastChannel } from 'node:worker_threads';
import type { ArtilleryPeriod } from 'proving-ground/record/index.ts';
import type { MetricStore, MetricStoreClass } from './artillery.ts';

// Artillery's main process gets a window of metrics 10 to 12 s after it began, and on Ctrl-C never gets the last ones. A run
// that is cut short therefore asks the workers for all they hold, over a channel of its own.

type Message =
  | { readonly kind: 'hello'; readonly worker: string }
  | { readonly kind: 'ask' }
  | { readonly kind: 'answer'; readonly worker: string; readonly windows: string[] };

/** How long the main process waits for busy workers before it makes do with what it has. */
const PATIENCE_MS = 2_000;

/** In a worker: answers the main process with every window that the worker's metric store holds. */
export function answerWithMetrics(storeClass: MetricStoreClass, testRunId: string, worker: string): void {
  const stores = rememberStores(storeClass);
  const channel = openChannel(testRunId, (message) => {
    if (message.kind !== 'ask') return;
    const windows = [...stores].flatMap(windowsOf).map((window) => storeClass.serializeMetrics(window));
    send(channel, { kind: 'answer', worker, windows });
  });
  send(channel, { kind: 'hello', worker });
}

/** The main process's end. */
export interface WorkerMetrics {
  /** Every window of every worker, one list per worker; undefined when not all workers answered within 2 s. */
  ask(): Promise<ArtilleryPeriod[][] | undefined>;
}

/** In the main process: to be called before the workers start, so that it hears of each of them. */
export function listenToWorkers(storeClass: MetricStoreClass, testRunId: string): WorkerMetrics {
  const workers = new Set<string>();
  const answers = new Map<string, ArtilleryPeriod[]>();
  let complete: () => void = () => undefined;
  const channel = openChannel(testRunId, (message) => {
    if (message.kind === 'hello') workers.add(message.worker);
    if (message.kind !== 'answer') return;
    const windows = message.windows.map((window) => storeClass.deserializeMetrics(window));
    answers.set(message.worker, windows);
    if (answers.size === workers.size) complete();
  });
  return {
    ask: async () => {
      if (workers.size === 0) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      complete = resolve;
      const timer = setTimeout(resolve, PATIENCE_MS);
      send(channel, { kind: 'ask' });
      await promise;
      clearTimeout(timer);
      return answers.size === workers.size ? [...answers.values()] : undefined;
    },
  };
}

function openChannel(testRunId: string, receive: (message: Message) => void): BroadcastChannel {
  const channel = new BroadcastChannel(`proving-ground-metrics-${testRunId}`);
  channel.onmessage = (event) => receive((event as { data: Message }).data);
  // Neither side is kept alive by it.
  channel.unref();
  return channel;
}

function send(channel: BroadcastChannel, message: Message): void {
  channel.postMessage(message);
}

/** The runner subscribes to its store exactly when a run starts; that is where a store can be seen. */
function rememberStores(storeClass: MetricStoreClass): ReadonlySet<MetricStore> {
  const stores = new Set<MetricStore>();
  const { prototype } = storeClass;
  const on = prototype.on;
  prototype.on = function remember(this: MetricStore, event, listener) {
    stores.add(this);
    return on.call(this, event, listener);
  };
  return stores;
}

function windowsOf(store: MetricStore): ArtilleryPeriod[] {
  store.aggregate(true);
  return store.getBucketIds().map((id) => store.getMetrics(id));
}
