// What this plugin uses of Artillery 2.0.34's global object. Artillery publishes no types for it;
// lib/core/update-global-object.ts and lib/cmds/run.ts of its package are the source.

/** How a run ends: 0 or nothing when it has run to its end, 130 or 143 after a signal. */
export interface ShutdownEvent {
  readonly exitCode?: number;
}

/** `global.artillery`. */
export interface ArtilleryGlobal {
  readonly globalEvents: {
    on(event: string, listener: (...args: never[]) => void): unknown;
    emit(event: string, ...args: unknown[]): unknown;
  };
  suggestedExitCode: number | undefined;
  /** Prints past the spinner: to standard error with a level other than `info`. */
  logger(options: { level: 'error' }): { log(text: string): void };
  ext(hook: { ext: 'onShutdown'; method: (event: ShutdownEvent) => Promise<void> }): unknown;
}

/** The part of a test that decides about the platform. */
export interface Script {
  readonly config: { readonly target?: unknown; readonly plugins?: Readonly<Record<string, unknown>> };
  readonly _scriptPath?: string;
}

/** @throws Error outside Artillery. */
export function artilleryGlobal(): ArtilleryGlobal {
  const { artillery } = globalThis as unknown as { artillery?: ArtilleryGlobal };
  if (artillery === undefined) throw new Error('artillery-plugin-reference-platform runs inside Artillery 2 only');
  return artillery;
}
