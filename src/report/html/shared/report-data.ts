import type { Cells } from './cells.ts';

/**
 * One run as the page in the browser sees it: everything in bins of equal length, so that any part of the run can be added
 * up again. Times are milliseconds since `startMs` unless a name says otherwise.
 */
export interface ReportData {
  /** What stands for the run where several are shown. */
  readonly label: string;
  /**
   * `samples`: every request is known. `windows`: only what Artillery measures itself, in windows of ten seconds, times to
   * the first byte.
   */
  readonly source: 'samples' | 'windows';
  /** Beginning of the first bin, milliseconds since the epoch. */
  readonly startMs: number;
  /** Length of a bin, a whole number of seconds. */
  readonly binMs: number;
  readonly bins: number;
  readonly phases: readonly PhaseSpan[];
  readonly endpoints: readonly string[];
  readonly journeys: readonly string[];
  /** What can go wrong with a request. */
  readonly faultKinds: readonly FaultKind[];
  readonly groups: readonly Group[];
  /** Requests under way, mean of each bin, in hundredths. Only from samples. */
  readonly inFlight: Uint32Array | undefined;
  /** From due until the work on a connection began, ms. Only from samples. */
  readonly lateness: Cells | undefined;
  readonly users: UserSeries;
  /** Metrics that are neither Artillery's own nor an endpoint's. */
  readonly metrics: readonly MetricSeries[];
  /** `vusers.created_by_name.<journey>`, `journeys.<journey>.completed`, `.failed` and `.time`. */
  readonly journeyMetrics: readonly MetricSeries[];
  readonly lanes: readonly Lane[];
  readonly limits: readonly LimitLine[];
  /** Figures from the samples or sketches themselves, for the whole run (first) and each phase. */
  readonly exact: readonly ScopeFigures[];
  /** Time up to which a user is satisfied; tolerated up to four times that. */
  readonly apdexMs: number;
}

/** A phase; without a name it has its number. */
export interface PhaseSpan {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** `ECONNREFUSED`, `503`, ...; `isError` follows the threshold sentences: no answer, or 5xx. */
export interface FaultKind {
  readonly name: string;
  readonly isError: boolean;
}

/** The requests of one endpoint within one journey. Arrays have one number per bin. */
export interface Group {
  readonly endpoint: number;
  /** -1: none, or not known. */
  readonly journey: number;
  /** Requests by the moment they were due. */
  readonly requests: Uint32Array;
  /** Answers by the moment they were complete. */
  readonly answers: Uint32Array;
  readonly bytesDown: Uint32Array | undefined;
  readonly bytesUp: Uint32Array | undefined;
  /** Good answers within `apdexMs`, and within four times that. */
  readonly satisfied: Uint32Array | undefined;
  readonly tolerated: Uint32Array | undefined;
  /** Due to last byte, ms: answered requests and those that timed out, by the moment they were due. */
  readonly response: Cells | undefined;
  /** Due to first byte (from samples) or sent to first byte (from windows), ms. */
  readonly firstByte: Cells | undefined;
  readonly faults: readonly GroupFault[];
}

/** How often one kind of fault happened, sparse. */
export interface GroupFault {
  readonly kind: number;
  readonly bins: Int32Array;
  readonly counts: Uint32Array;
}

/** Values in steps of their own; null where there are none. */
export interface StepSeries {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly values: readonly (number | null)[];
}

/** Virtual users. */
export interface UserSeries {
  /** Per second, as the phases plan it. */
  readonly planned: StepSeries;
  /** Per second, as they were started. */
  readonly started: StepSeries | undefined;
  /** Under way at the end of each step. */
  readonly present: StepSeries | undefined;
}

/** A metric over time. Counters and rates: events per second. Histograms: their figures, in the unit of the metric. */
export interface MetricSeries {
  readonly name: string;
  readonly kind: 'counter' | 'rate' | 'histogram';
  /** '' where it is a plain number. */
  readonly unit: string;
  readonly fromMs: number;
  readonly stepMs: number;
  /** One number for each step; events of a counter or rate, values of a histogram. */
  readonly counts: Uint32Array;
  /** Histograms only. */
  readonly cells: Cells | undefined;
  readonly sums: readonly (number | null)[] | undefined;
}

/** Anything measured beside the requests: the system under test, the generator. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly group: 'system' | 'generator';
  /** Which part of the system under test it is about. */
  readonly system?: string | undefined;
  readonly fromMs: number;
  readonly stepMs: number;
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** A value above which it means trouble. */
  readonly limit?: number | undefined;
  /** Where the numbers must not be believed. */
  readonly invalid?: readonly { readonly fromMs: number; readonly toMs: number; readonly reason: string }[] | undefined;
}

/** A threshold that can be drawn as a line. */
export interface LimitLine {
  /** Number of the rule, in the order of the table of thresholds. */
  readonly rule: number;
  readonly label: string;
  readonly target: LimitTarget;
  /** In `unit`; of an error rate in per cent of the requests. */
  readonly limit: number;
  readonly unit: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a limit is about. An endpoint that is undefined means all requests. */
export type LimitTarget =
  | { readonly kind: 'time'; readonly measure: Measure; readonly endpoint: string | undefined }
  | { readonly kind: 'error rate'; readonly endpoint: string | undefined }
  | { readonly kind: 'metric'; readonly name: string };

/** Which time of a request. */
export type Measure = 'response' | 'firstByte';

/** Figures of one span. */
export interface ScopeFigures {
  readonly fromMs: number;
  readonly toMs: number;
  /** `all`, `endpoint:<number>` or `journey:<number>` → figures. */
  readonly rows: Readonly<Record<string, Figures>>;
}

/** What a row of the table says. Times in ms; undefined where nothing was measured. */
export interface Figures {
  readonly requests: number;
  readonly answers: number;
  readonly errors: number;
  /** Answers 4xx. */
  readonly refused: number;
  readonly bytesDown?: number | undefined;
  readonly bytesUp?: number | undefined;
  /** 0 to 1. */
  readonly apdex?: number | undefined;
  readonly firstByte?: Quantiles | undefined;
  readonly response?: Quantiles | undefined;
}

/** Of times in ms. */
export interface Quantiles {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}
