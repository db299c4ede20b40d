/** Artillery's launcher of workers on this machine, as far as it is used here. */
export interface LocalPlatform {
  readonly script: { readonly before?: unknown };
  /** Runs `before`. */
  init(): Promise<void>;
  /** Begins the phases in a worker that is prepared. */
  runWorker(id: string, variables: string): Promise<void>;
}

/**
 * Lets Artillery prepare its workers, but send nothing until it may: it takes seconds to start, and so does the system under test.
 *
 * @param prototype of the launcher's class; changed.
 */
export function holdLoad(prototype: LocalPlatform, untilMay: () => Promise<void>): void {
  const { init, runWorker } = prototype;
  prototype.init = async function heldInit(this: LocalPlatform): Promise<void> {
    if (this.script.before !== undefined) await untilMay();
    return init.call(this);
  };
  prototype.runWorker = async function heldRun(this: LocalPlatform, ...words): Promise<void> {
    await untilMay();
    return runWorker.apply(this, words);
  };
}
