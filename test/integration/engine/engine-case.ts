/** A piece of a test file, as it is after YAML has been read. */
export type Spec = Readonly<Record<string, unknown>>;

/**
 * One test of the language: what users do, and how both engines are asked to do it.
 *
 * In every text `<target>`, `<other>`, `<secure>`, `<proxy>` and `<refused>` stand for the addresses of the recording
 * servers, and `<file:name>` for the contents of `certificates/name.pem`.
 */
export interface EngineCase {
  /** The title of the test: what both engines do. */
  readonly claim: string;
  readonly flow: readonly Spec[];
  /** `errors.<name>` that Artillery counts, where the claim is about them. */
  readonly errors?: readonly string[];
  /** `config` besides `target`. */
  readonly config?: Spec;
  /** The scenario besides `flow`. */
  readonly scenario?: Spec;
  /** Variables of each user; one user by default. Users run one after the other with the same engine. */
  readonly users?: readonly Spec[];
  /** All users at once instead. */
  readonly together?: true;
  /** Environment variables while the engine is made and used. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The order in which requests arrive and hooks run is left to chance (`parallel`). */
  readonly unordered?: true;
  /** How long a user may take, in milliseconds (2,000), before it counts as hanging. */
  readonly patienceMs?: number;
  /** Compare how many connections were used as well. */
  readonly connections?: true;
}
