import { BroadcastChannel } from 'node:worker_threads';
import type { ErrorExample, GeneratorSecond, Slice } from 'proving-ground/record/index.ts';
import { collectMeasured, endLoad } from 'proving-ground/record/live-events.ts';
import type { SampleBatch } from 'proving-ground/record/samples/sample-buffer.ts';
import type { ServerTimingSpan } from 'proving-ground/record/system/server-timing.ts';
import { decodeSketch, encodeSketch } from 'proving-ground/stats/sketch.ts';
import type { ArtilleryGlobal } from './artillery.ts';
import type { WorkerProbe } from './generator/worker-probe.ts';
import { tapStore } from './metric-store-tap.ts';

// Artillery's main process gets a window of metrics 10 to 12 s after it began, windows straddle phases, and on Ctrl-C the last
// ones never come. The plugin in each worker therefore sends what was measured every second, over a channel of its own.

/** A slice on its way between threads: sketches as text. */
type Parcel = Omit<Slice, 'histograms'> & { readonly histograms: Readonly<Record<string, string>> };

type Message =
  | { readonly kind: 'hello'; readonly worker: string }
  | { readonly kind: 'slice'; readonly parcel: Parcel }
  | { readonly kind: 'samples'; readonly samples: SampleBatch }
  | { readonly kind: 'timings'; readonly timings: ServerTimingSpan }
  | { readonly kind: 'examples'; readonly examples: readonly ErrorExample[] }
  | { readonly kind: 'generator'; readonly second: GeneratorSecond }
  /** A second of the wall clock is over, and everything from it was sent. */
  | { readonly kind: 'second'; readonly worker: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly hint: string }
  /** `isLast`: nothing is recorded any more. */
  | { readonly kind: 'flush'; readonly isLast: boolean }
  | { readonly kind: 'flushed'; readonly worker: string };

const SECOND_MS = 1_000;

/** How long the main process waits for busy workers before it makes do with what it has. */
const PATIENCE_MS = 2_000;

/** What a worker can tell the main process beside its measurements. */
export interface MainProcess {
  /** A connection to where no load may go was refused. */
  refuse(reason: string, hint: string): void;
}

/** In a worker: sends what its metric store and its engine are told, each second and whenever the main process asks. */
export function feedMainProcess(
  { __SSMS, testRunId, globalEvents }: ArtilleryGlobal,
  worker: string,
  probe: WorkerProbe,
): MainProcess {
  const store = tapStore(__SSMS.prototype, Date.now);
  const deliver = (): void => {
    const passed = store.take();
    const measured = collectMeasured(globalEvents);
    const slices = [passed, ...measured.map(({ slice }) => slice)].filter((slice) => slice !== undefined);
    for (const slice of slices) send(channel, { kind: 'slice', parcel: pack(slice) });
    for (const { samples, timings, examples = [] } of measured) {
      if (samples !== undefined) send(channel, { kind: 'samples', samples });
      if (timings !== undefined) send(channel, { kind: 'timings', timings });
      if (examples.length > 0) send(channel, { kind: 'examples', examples });
    }
    const sendLags = slices.flatMap(({ histograms }) => histograms['generator.send_lag'] ?? []);
    const second = probe.look(passed?.counters ?? {}, sendLags);
    if (second !== undefined) send(channel, { kind: 'generator', second });
  };
  const channel = openChannel(testRunId, (message) => {
    if (message.kind !== 'flush') return;
    // Whoever interrupts a test wants the load to stop, and what is sent from here on would be missing from the record.
    if (message.isLast) endLoad(globalEvents);
    deliver();
    send(channel, { kind: 'flushed', worker });
  });
  send(channel, { kind: 'hello', worker });
  everySecond(() => {
    deliver();
    send(channel, { kind: 'second', worker });
  });
  return { refuse: (reason, hint) => send(channel, { kind: 'refused', reason, hint }) };
}

/** The main process's end of the feed. */
export interface WorkerFeed {
  /** Asks for what is being collected; resolves when all workers have sent it, or after 2 s to false. */
  flush(): Promise<boolean>;
  /** The same, and ends the load: workers send nothing after it. */
  end(): Promise<boolean>;
}

/** What the main process is told. */
export interface FeedListener {
  /** What one worker measured in at most a second. */
  slice(slice: Slice): void;
  /** The requests that ended in one worker in at most a second. */
  samples(batch: SampleBatch): void;
  /** What answers said of their own time to one worker. */
  timings(span: ServerTimingSpan): void;
  /** What went wrong in one worker, a few of each kind. */
  examples(examples: readonly ErrorExample[]): void;
  /** What one worker says of itself about at most a second; `at` in milliseconds since the epoch. */
  generator(second: GeneratorSecond): void;
  /** Every worker has sent what it measured in the last second. */
  second(): void;
  /** A worker was about to connect to where no load may go. */
  refused(reason: string, hint: string): void;
}

/** In the main process: to be called before the workers start, so that it hears of each of them. */
export function listenToWorkers(testRunId: string, listener: FeedListener): WorkerFeed {
  const workers = new Set<string>();
  const reported = new Set<string>();
  let waiting: { readonly missing: Set<string>; readonly complete: () => void } | undefined;

  function secondIsOver(worker: string): void {
    // A worker that reports twice before another reports once does not wait for it: the other one hangs.
    const isComplete = reported.has(worker) || reported.add(worker).size === workers.size;
    if (!isComplete) return;
    reported.clear();
    listener.second();
  }

  const channel = openChannel(testRunId, (message) => {
    if (message.kind === 'hello') workers.add(message.worker);
    if (message.kind === 'slice') listener.slice(unpack(message.parcel));
    if (message.kind === 'samples') listener.samples(message.samples);
    if (message.kind === 'timings') listener.timings(message.timings);
    if (message.kind === 'examples') listener.examples(message.examples);
    if (message.kind === 'generator') listener.generator(message.second);
    if (message.kind === 'second') secondIsOver(message.worker);
    if (message.kind === 'refused') listener.refused(message.reason, message.hint);
    if (message.kind === 'flushed' && waiting?.missing.delete(message.worker) && waiting.missing.size === 0)
      waiting.complete();
  });

  async function flush(isLast: boolean): Promise<boolean> {
    if (workers.size === 0) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = { missing: new Set(workers), complete: () => resolve(true) };
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    send(channel, { kind: 'flush', isLast });
    const isComplete = await promise;
    clearTimeout(timer);
    return isComplete;
  }

  return { flush: () => flush(false), end: () => flush(true) };
}

function pack({ histograms, ...slice }: Slice): Parcel {
  const texts = Object.entries(histograms).map(([name, sketch]) => [name, encodeSketch(sketch)]);
  return { ...slice, histograms: Object.fromEntries(texts) };
}

function unpack({ histograms, ...parcel }: Parcel): Slice {
  const sketches = Object.entries(histograms).map(([name, text]) => [name, decodeSketch(text)]);
  return { ...parcel, histograms: Object.fromEntries(sketches) };
}

/** On the second of the wall clock, so that the slices of several workers stand for the same seconds. */
function everySecond(work: () => void): void {
  const next = (): void => {
    setTimeout(
      () => {
        work();
        next();
      },
      SECOND_MS - (Date.now() % SECOND_MS),
    ).unref();
  };
  next();
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
