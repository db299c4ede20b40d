/** Artillery's launcher of workers on this machine, as far as it is used here. */
export interface LocalPlatform {
  readonly script: { readonly before?: unknown };
  /** Runs `before`. */
  init(): Promise<void>;
  /** Begins the phases in a worker that is prepared. */
  runWorker(id: string, variables: string): Promise<void>;
}

/** Whoever decides when the load may begin. */
export interface Starter {
  /** Resolves once the system under test is there. */
  readonly ready: Promise<void>;
  /** All workers are prepared, and none has begun. Resolves once they may. */
  untilBegin(): Promise<void>;
}

/**
 * Lets Artillery prepare its workers, but send nothing until it may: it takes seconds to start, and so does the system under test.
 *
 * @param prototype of the launcher's class; changed.
 */
export function holdLoad(prototype: LocalPlatform, { ready, untilBegin }: Starter): void {
  const { init, runWorker } = prototype;
  let begin: Promise<void> | undefined;
  prototype.init = async function heldInit(this: LocalPlatform): Promise<void> {
    if (this.script.before !== undefined) await ready;
    return init.call(this);
  };
  prototype.runWorker = async function heldRun(this: LocalPlatform, ...words): Promise<void> {
    begin ??= untilBegin();
    await begin;
    return runWorker.apply(this, words);
  };
}
