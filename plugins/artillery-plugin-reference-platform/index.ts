import { fileURLToPath } from 'node:url';
import { callbackify } from 'node:util';
import { artilleryGlobal, type Script } from './artillery.ts';
import { setUpReferencePlatform } from './set-up.ts';

/** Artillery hands its current metrics format only to plugins that say this. */
export const LEGACY_METRICS_FORMAT = false;

/** What Artillery constructs: once in the main process, before any load, and once in every worker, where it does nothing. */
export class Plugin {
  readonly #stop: () => Promise<void>;

  constructor(script: Script) {
    const inWorker = process.env.LOCAL_WORKER_ID !== undefined;
    this.#stop = inWorker
      ? async () => undefined
      : setUpReferencePlatform(artilleryGlobal(), script, { command: process.execPath, args: [platformFile()] });
  }

  /** Artillery's last call, after the `after` hook of the test. */
  cleanup(done: (error: Error | null) => void): void {
    callbackify(this.#stop)(done);
  }
}

function platformFile(): string {
  return fileURLToPath(import.meta.resolve('reference-platform/src/main.ts'));
}
