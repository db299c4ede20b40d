import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Outcome } from './bring-up.ts';
import { blockInForeground } from './foreground.ts';
import type { KeeperData, KeeperMessage, KeeperOrder, KeeperRequest, OutcomeMessage } from './keeper-messages.ts';
import type { Exit } from './platform-process.ts';

// On top of the platform's own limit: a slow platform is stopped before its outcome is sent.
const STOP_AND_REPORT_MS = 20_000;

/** What a run wants to hear of a platform that was started for it. */
export interface PlatformEvents {
  /** A line of its standard error. */
  onLine(line: string): void;
  /** It ended although nobody had asked it to. */
  onUnexpectedEnd(exit: Exit, lastLine: string | undefined): void;
}

/** Keeps the platform of one run. */
export interface Keeper {
  readonly outcome: Outcome;
  /** Stops the platform if it was started here and still runs; a platform that was there before is left alone. */
  stop(graceMs: number): Promise<Exit | undefined>;
  /** The last resort of a process that is about to exit; only asks, and waits for nothing. */
  abandon(): void;
}

/** Makes sure that a ready platform answers; the calling thread is blocked until that is decided. */
export function keepPlatform(order: KeeperOrder, events: PlatformEvents): Keeper {
  const { port1: port, port2 } = new MessageChannel();
  const decided = new SharedArrayBuffer(4);
  const data: KeeperData = { ...order, port: port2, decided };
  const thread = new Worker(new URL('./keeper-thread.ts', import.meta.url), {
    workerData: data,
    transferList: [port2],
  });
  const first = blockInForeground(() => {
    Atomics.wait(new Int32Array(decided), 0, 0, order.startTimeoutMs + STOP_AND_REPORT_MS);
    return receiveMessageOnPort(port)?.message as KeeperMessage | undefined;
  });
  if (first?.kind === 'outcome' && first.outcome.kind === 'started') {
    return new RunningPlatform(thread, port, first, events);
  }
  void thread.terminate();
  return idle(first?.kind === 'outcome' ? first.outcome : { kind: 'defect', message: 'its keeper did not answer' });
}

function idle(outcome: Outcome): Keeper {
  return { outcome, stop: async () => undefined, abandon: () => undefined };
}

class RunningPlatform implements Keeper {
  readonly outcome: Outcome;
  readonly #port: MessagePort;
  readonly #pid: number | undefined;
  readonly #ended: Promise<Exit>;
  #state: 'running' | 'stopping' | 'ended' = 'running';

  constructor(thread: Worker, port: MessagePort, { outcome, pid }: OutcomeMessage, events: PlatformEvents) {
    this.outcome = outcome;
    this.#port = port;
    this.#pid = pid;
    this.#ended = new Promise((resolve) => {
      const end = (exit: Exit, lastLine?: string): void => {
        if (this.#state === 'ended') return;
        const expected = this.#state === 'stopping';
        this.#state = 'ended';
        if (!expected) events.onUnexpectedEnd(exit, lastLine);
        port.close();
        void thread.terminate();
        resolve(exit);
      };
      port.on('message', (message: KeeperMessage) => {
        if (message.kind === 'line') events.onLine(message.line);
        if (message.kind === 'ended') end(message.exit, message.lastLine);
      });
      // The thread waits for us to end it: one that ends first has failed, and the platform ends with its pipes.
      thread.on('error', ({ message }) => end({ code: null, how: `its keeper failed: ${message}` }));
    });
  }

  async stop(graceMs: number): Promise<Exit | undefined> {
    if (this.#state === 'ended') return undefined;
    this.#state = 'stopping';
    this.#port.postMessage({ kind: 'stop', graceMs } satisfies KeeperRequest);
    return this.#ended;
  }

  abandon(): void {
    if (this.#state === 'ended' || this.#pid === undefined) return;
    try {
      process.kill(this.#pid, 'SIGTERM');
    } catch {
      // It ended a moment ago.
    }
  }
}
