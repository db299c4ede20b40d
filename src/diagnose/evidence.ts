/** Requests of a run, one entry for each in every column. Times in milliseconds. */
export interface RequestColumns {
  readonly count: number;
  /** Names of endpoints; `endpoint` holds indices into it. */
  readonly names: readonly string[];
  readonly endpoint: ArrayLike<number>;
  /** When it should have begun, since the beginning of the run. Any order. */
  readonly dueMs: ArrayLike<number>;
  /** From due to the last byte, or to the error. */
  readonly responseMs: ArrayLike<number>;
  /** Of it, from the first byte of the answer to the last; 0 without an answer. */
  readonly transferMs: ArrayLike<number>;
  /** 0: no answer. */
  readonly status: ArrayLike<number>;
  /** Of the answer. */
  readonly bytes: ArrayLike<number>;
}

/** Something about the system under test that was measured again and again; as `system.json` of a run has it. */
export interface EvidenceSeries {
  /** What the system is called that it belongs to. */
  readonly system: string;
  readonly kind: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** value: as it was told. rate: growth per second. mean: growth of one counter by that of another. p95: to within a bucket. */
  readonly figure: 'value' | 'rate' | 'mean' | 'p95';
  /** `s`, `ms`, `bytes`, `%`, `1/s`, `s/s`, `cores`; '' for a plain number. */
  readonly unit: string;
  /** One for each step from the beginning of the run; null: not known. */
  readonly values: readonly (number | null)[];
}

/** Whether the generator itself kept up. */
export interface GeneratorState {
  readonly isValid: boolean;
  /** The worst finding in plain words; '' if nothing was found. */
  readonly text: string;
  readonly advice: string;
  /** How much of what was measured is its own doing, 0–1: of the time of requests, of the run, or 1 where it did not send what it should. */
  readonly share: number;
}

/** Everything that a diagnosis may look at: nothing in it tells what is wrong. */
export interface Evidence {
  /** Length of a step of all series. */
  readonly stepMs: number;
  readonly requests: RequestColumns;
  readonly series: readonly EvidenceSeries[];
  /** Texts that stand behind a label, such as the SQL of a statement, by the label's value. */
  readonly texts: Readonly<Record<string, string>>;
  /** undefined: nobody looked at it. */
  readonly generator: GeneratorState | undefined;
  /** Rules about times and errors that the run broke, as the test says them: what its owner calls slow. */
  readonly brokenRules: readonly string[];
  /** Processors of the machine that the system shares with the generator; undefined: not known. */
  readonly processors?: number;
}
