import { setTimeout as delay } from 'node:timers/promises';
import type { Exit, PlatformProcess } from './platform-process.ts';
import { findOccupant, type PublishedSettings, readStartState, type StartState } from './probe.ts';

const POLL_MS = 150;

/** How far a start is. */
export interface Progress {
  readonly step: string;
  /** 0–100, within the whole start. */
  readonly percent: number;
}

/** Why there is, or is not, a platform to load. */
export type Outcome =
  | { readonly kind: 'started'; readonly documents: number; readonly pid: number }
  | {
      readonly kind: 'joined';
      readonly documents: number;
      readonly pid: number;
      /** Absent: it does not tell them. */
      readonly settings?: PublishedSettings;
    }
  | { readonly kind: 'address-taken'; readonly what: string }
  | { readonly kind: 'ended'; readonly exit: Exit }
  | { readonly kind: 'too-slow'; readonly ours: boolean; readonly progress: Progress | undefined }
  | { readonly kind: 'defect'; readonly message: string };

/** What a start needs from outside. */
export interface BringUp {
  readonly origin: string;
  readonly timeoutMs: number;
  start(): PlatformProcess;
  onProgress(progress: Progress): void;
}

/** The outcome, and the process if it was started here and may still run. */
export interface BroughtUp {
  readonly outcome: Outcome;
  readonly platform?: PlatformProcess;
}

/** Makes sure that a ready platform answers at an address: uses the one that is there, or starts one. */
export async function bringUp(order: BringUp): Promise<BroughtUp> {
  const watch = new StartWatch(order);
  while (!watch.isOver()) {
    const occupant = await findOccupant(order.origin);
    if (occupant.kind === 'other') return { outcome: { kind: 'address-taken', what: occupant.what } };
    if (occupant.kind === 'nobody') return startOwn(order, watch);
    const state = await watch.ask();
    if (state.kind === 'ready') {
      const { kind: _kind, ...known } = occupant;
      return { outcome: { kind: 'joined', documents: state.documents, ...known } };
    }
    // One that is not ready may also be about to stop: look again who is there, as the address may become free.
    await delay(POLL_MS);
  }
  return { outcome: { kind: 'too-slow', ours: false, progress: watch.progress } };
}

async function startOwn(order: BringUp, watch: StartWatch): Promise<BroughtUp> {
  const platform = order.start();
  while (!watch.isOver()) {
    const state = await watch.ask();
    const exit = platform.exit();
    if (exit !== undefined) return { outcome: { kind: 'ended', exit } };
    const { pid } = platform;
    if (state.kind === 'ready' && pid !== undefined && (await isAnsweredBy(pid, order.origin))) {
      return { outcome: { kind: 'started', documents: state.documents, pid }, platform };
    }
    await Promise.race([platform.ended, delay(POLL_MS)]);
  }
  return { outcome: { kind: 'too-slow', ours: true, progress: watch.progress }, platform };
}

/** Another run may have taken the address at the same moment; then ours is about to end, and says why. */
async function isAnsweredBy(pid: number, origin: string): Promise<boolean> {
  const occupant = await findOccupant(origin);
  return occupant.kind === 'platform' && occupant.pid === pid;
}

/** Asks how far the start is until the time is over. */
class StartWatch {
  readonly #order: BringUp;
  readonly #endAt: number;
  progress: Progress | undefined;

  constructor(order: BringUp) {
    this.#order = order;
    this.#endAt = performance.now() + order.timeoutMs;
  }

  isOver(): boolean {
    return performance.now() >= this.#endAt;
  }

  async ask(): Promise<StartState> {
    const state = await readStartState(this.#order.origin);
    if (state.kind === 'starting') {
      this.progress = { step: state.step, percent: state.percent };
      this.#order.onProgress(this.progress);
    }
    return state;
  }
}
