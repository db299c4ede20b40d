import { createRequire } from 'node:module';
import type { PluginEvents } from '../artillery.ts';

type Listener = (...args: unknown[]) => void;

/** eventemitter3, of which Artillery's launcher has one for its reporter, and one for plugins. */
interface Emitter {
  listeners(event: string): Listener[];
  removeListener(event: string, listener: Listener): unknown;
  emit(event: string, ...args: unknown[]): boolean;
}

/** What Artillery's console reporter listens to, with methods bound to itself. */
const REPORTED = ['phaseStarted', 'phaseCompleted', 'stats', 'done'];

/**
 * Unhooks Artillery's console reporter, which prints every metric every ten seconds and once more at the end. It was made
 * before any plugin and is reachable only through the emitter that it listens to; that one shows itself when the first phase
 * begins. If another version of Artillery does it otherwise, its reporter is simply heard as well.
 *
 * @param events those of plugins: another object of the same class.
 */
export function muteConsoleReporter(events: PluginEvents): void {
  const prototype = Object.getPrototypeOf(events) as Emitter;
  const { emit } = prototype;
  prototype.emit = function emitUnreported(this: Emitter, event, ...args) {
    if (REPORTED.includes(event) && isReportersEmitter(this)) {
      prototype.emit = emit;
      for (const each of REPORTED) unhook(this, each);
    }
    return emit.call(this, event, ...args);
  };
}

function isReportersEmitter(emitter: Emitter): boolean {
  return REPORTED.every((event) => reporterOf(emitter, event) !== undefined);
}

/** The reporter listens before anybody else does. */
function reporterOf(emitter: Emitter, event: string): Listener | undefined {
  return emitter.listeners(event).find(({ name }) => name === `bound ${event}`);
}

function unhook(emitter: Emitter, event: string): void {
  const listener = reporterOf(emitter, event);
  if (listener !== undefined) emitter.removeListener(event, listener);
}

/** The spinners of Artillery, as far as they are used here. */
interface Spinner {
  start(): Spinner;
  stop(): Spinner;
  clear(): Spinner;
  frame(): string;
}

/** Stops Artillery's spinner, which turns on its own line and would turn on ours; at its next tick, and for good. */
export function stopSpinner(): void {
  const prototype = spinnerPrototype();
  if (prototype === undefined) return;
  const { clear } = prototype;
  prototype.start = function stayStopped(this: Spinner) {
    return this;
  };
  prototype.frame = () => '';
  prototype.clear = function stopForGood(this: Spinner) {
    prototype.clear = clear;
    return this.stop();
  };
}

function spinnerPrototype(): Spinner | undefined {
  try {
    const ours = createRequire(import.meta.url);
    const ora = createRequire(ours.resolve('artillery/package.json'))('ora') as (options: object) => object;
    return Object.getPrototypeOf(ora({ isEnabled: false })) as Spinner;
  } catch {
    // Another version of Artillery: its spinner is then in the way, and nothing worse.
    return undefined;
  }
}
