import type { Cursor } from './cursor.ts';
import type { Finding } from './finding.ts';
import type { Journey } from './journey.ts';

/** What is known beside the test file. Everything may be left out. */
export interface CheckOptions {
  /** `-e`: the environment that the test would run with. */
  readonly environment?: string | undefined;
  /**
   * Without an environment: whether to look at the test with each of its environments (true, the default), or only
   * without any, because that is how it runs now.
   */
  readonly everyEnvironment?: boolean | undefined;
  /** `--target`: wins over the file. */
  readonly target?: string | undefined;
  /** `--config`: a file whose `config` is laid over that of the test. */
  readonly configFile?: string | undefined;
  /** Names of the variables that the command line defines (`-v`). */
  readonly variables?: readonly string[] | undefined;
  /** `--overrides` were given: what they change is not known, so nothing is said about phases, target, data. */
  readonly isOverridden?: boolean | undefined;
  /** How many workers Artillery would start; by default the number of processors less one. */
  readonly workers?: number | undefined;
  /** The variables of the shell. Where given, those that are not set are reported. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Packages to take for installed, for a check on another machine than that of the run. */
  readonly installed?: readonly string[] | undefined;
  /** A check of the rules of a test, which stand in layers above this one. */
  readonly rules?: RuleCheck | undefined;
}

/** What a check of rules is given. */
export interface RuleFacts {
  /** The configuration with the environment laid over it; templates are still in it. */
  readonly config: Cursor;
  readonly journeys: readonly Journey[];
  /** Whether code of the test (the processor, a plugin that is not known here) may give this name to something. */
  readonly mayBeNamedByCode: (name: string) => boolean;
}

/** Finds what is wrong with rules such as those of `config.ensure`. */
export type RuleCheck = (facts: RuleFacts) => readonly Finding[];
