/** A part of the system under test, and the ways to look into it. */
export interface WatchedSystem {
  /** What it is called in the report. */
  readonly name: string;
  /** Address of its metrics. */
  readonly prometheus?: string | undefined;
  /** Only these metrics; `*` stands for any characters. Undefined: all. */
  readonly metrics?: readonly string[] | undefined;
  readonly postgres?: Connection | undefined;
  readonly redis?: Connection | undefined;
  /** Processes on this machine. */
  readonly process?: ProcessChoice | undefined;
}

/** How to connect; the URL may carry a password. Undefined: the variable of the shell that should hold it is not set. */
export interface Connection {
  readonly url: string | undefined;
  /** What the URL is called where it must not be shown. */
  readonly shownAs: string;
}

/** Which processes: one with all that it started, all that listen on a port, or all of a name. */
export type ProcessChoice =
  | { readonly kind: 'pid'; readonly pid: number; readonly withChildren: boolean }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'name'; readonly name: string };

/** The part of `global.artillery.globalEvents` that is needed: listeners are called synchronously. */
export interface WatchEvents {
  on(event: string, listener: (sink: (systems: readonly WatchedSystem[]) => void) => void): unknown;
  emit(event: string, sink: (systems: readonly WatchedSystem[]) => void): unknown;
}

const WATCH = 'proving-ground:watch';

/**
 * For a plugin that knows the system under test: from now on it answers whoever wants to watch it.
 *
 * @param produce is asked when the load begins.
 */
export function answerWhatToWatch(events: WatchEvents, produce: () => readonly WatchedSystem[]): void {
  events.on(WATCH, (sink) => sink(produce()));
}

/** Asks every plugin what there is to watch. In whichever order plugins were set up, all of them are heard. */
export function askWhatToWatch(events: WatchEvents): WatchedSystem[] {
  const answers: WatchedSystem[] = [];
  events.emit(WATCH, (systems) => answers.push(...systems));
  return answers;
}
