/** What ends a long command from outside. */
export interface Interrupt {
  readonly signal: AbortSignal;
  readonly by: () => 'SIGINT' | 'SIGTERM' | undefined;
  /** Signals end the process again, as they do everywhere. */
  readonly end: () => void;
}

/** The first signal aborts what is under way; a second one ends everything, as it does everywhere. @param onSignal tells people so. */
export function listenForSignals(onSignal: () => void): Interrupt {
  const controller = new AbortController();
  let by: 'SIGINT' | 'SIGTERM' | undefined;
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => {
    const listener = (): void => {
      by = name;
      onSignal();
      controller.abort(new Error(name));
    };
    process.once(name, listener);
    return () => process.off(name, listener);
  });
  return {
    signal: controller.signal,
    by: () => by,
    end: () => {
      for (const off of listeners) off();
    },
  };
}
