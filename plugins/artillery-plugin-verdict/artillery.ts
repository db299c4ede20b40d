// What this plugin uses of Artillery 2.0.34's global object and of its internal metric store. Artillery publishes no types
// for them; lib/core/update-global-object.ts and lib/core/ssms.ts of its package are the source.

/** What the hooks of `artillery.ext` are called with. */
export interface ShutdownEvent {
  readonly earlyStop?: boolean;
  readonly exitCode?: number;
}

/** Something that a plugin does when the run ends; all `beforeExit` hooks run before the first `onShutdown`. */
export interface ExtensionHook {
  readonly ext: 'beforeExit' | 'onShutdown';
  method: (event: ShutdownEvent) => Promise<void>;
}

/** The metric store of a worker; counter() and summary() call these. Times are milliseconds since the epoch. */
export interface MetricStore {
  incr(name: string, value: number, time?: number): void;
  histogram(name: string, value: number, time?: number): void;
  rate(name: string, time?: number): void;
}

/** The class of the metric store. */
export interface MetricStoreClass {
  readonly prototype: MetricStore;
}

/** What `artillery run` was called with. */
export interface RunFlags {
  readonly target?: string;
  readonly config?: string;
  readonly quiet?: boolean;
  /** JSON objects. */
  readonly variables?: string;
  readonly overrides?: string;
}

/** `global.artillery`. */
export interface ArtilleryGlobal {
  readonly version: string;
  readonly testRunId: string;
  /** Absent where Artillery is not run from its command line. */
  readonly testInfo?: { readonly flags: RunFlags };
  readonly globalEvents: {
    on(event: string, listener: (...args: never[]) => void): unknown;
    emit(event: string, ...args: unknown[]): unknown;
  };
  readonly __SSMS: MetricStoreClass;
  /** What the apdex plugin leaves behind. */
  readonly apdexPlugin?: Readonly<Record<string, unknown>>;
  suggestedExitCode: number | undefined;
  /** Ends the run before its plan, in the same way as Ctrl-C does. */
  shutdown(options: ShutdownEvent): Promise<void>;
  ext(hook: ExtensionHook): unknown;
  /** The hooks of all plugins, in the order in which they were registered. */
  readonly extensionEvents: ExtensionHook[];
}

/** The script object that Artillery hands to a plugin. */
export interface Script {
  config: Record<string, unknown> & { target?: string; plugins?: Record<string, unknown> };
  scenarios: unknown[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly _scriptPath?: string;
  readonly _environment?: string;
}

/** Where a plugin hears of phases, windows and the end. */
export interface PluginEvents {
  on(event: string, listener: (payload: never) => void): unknown;
}

/** @throws Error outside Artillery. */
export function artilleryGlobal(): ArtilleryGlobal {
  const { artillery } = globalThis as unknown as { artillery?: ArtilleryGlobal };
  if (artillery === undefined) throw new Error('artillery-plugin-verdict runs inside Artillery 2 only');
  return artillery;
}
