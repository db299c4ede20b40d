import type { RunRecord } from '../record/index.ts';
import { NONE, type Samples } from '../record/samples/index.ts';
import type { Evidence, EvidenceSeries, GeneratorState, RequestColumns } from './evidence.ts';

/** The columns of samples that a diagnosis needs. */
export const EVIDENCE_COLUMNS = [
  'due',
  'queued',
  'firstByte',
  'lastByte',
  'status',
  'error',
  'bytesDown',
  'endpoint',
] as const;

/** Samples as far as they are needed. */
export type EvidenceSamples = Samples<(typeof EVIDENCE_COLUMNS)[number]>;

/** What was seen of the system under test, as far as it is needed. */
interface SystemSeen {
  /** When its first step began, ISO 8601. */
  readonly startedAt: string;
  readonly stepSeconds: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly series: readonly EvidenceSeries[];
}

/** Everything that is known of a run. undefined: it was not recorded. */
export interface KnownOfRun {
  readonly record: RunRecord;
  readonly samples: EvidenceSamples | undefined;
  readonly system: SystemSeen | undefined;
}

const UNNAMED = '(without a name)';

/** Puts together what a diagnosis may look at. Without samples there are no requests in it. */
export function evidenceOfRun({ record, samples, system }: KnownOfRun): Evidence {
  const startMs = Date.parse(system?.startedAt ?? record.phases[0]?.startedAt ?? record.startedAt);
  return {
    stepMs: (system?.stepSeconds ?? 1) * 1000,
    requests: samples === undefined ? NO_REQUESTS : requestsOf(samples, startMs),
    series: system?.series ?? [],
    texts: system?.texts ?? {},
    generator: generatorOf(record, samples),
    brokenRules: brokenRules(record),
    processors: record.environment.cpus,
  };
}

const NO_REQUESTS: RequestColumns = {
  ...{ count: 0, names: [], endpoint: [], dueMs: [], responseMs: [], transferMs: [], status: [], bytes: [] },
};

function requestsOf(samples: EvidenceSamples, startMs: number): RequestColumns {
  const { count, due, firstByte, lastByte, status, error, bytesDown, endpoint, names } = samples;
  return {
    count,
    names: [...names.endpoint, UNNAMED],
    endpoint: Int16Array.from(endpoint, (index) => (index < 0 ? names.endpoint.length : index)),
    dueMs: due.map((ms) => ms - startMs),
    responseMs: Float64Array.from(lastByte, (micros) => micros / 1000),
    transferMs: Float64Array.from(lastByte, (micros, row) => transferOf(firstByte[row] ?? NONE, micros)),
    // An answer that broke off is none, whatever its head said.
    status: status.map((code, row) => ((error[row] ?? -1) < 0 ? code : 0)),
    bytes: bytesDown,
  };
}

function transferOf(firstMicros: number, lastMicros: number): number {
  return firstMicros === NONE ? 0 : Math.max(0, lastMicros - firstMicros) / 1000;
}

/** Findings about how late the generator was, and not about what it did not send at all. */
const LATENESS: ReadonlySet<string> = new Set(['send lag', 'event loop']);

function generatorOf({ validity }: RunRecord, samples: EvidenceSamples | undefined): GeneratorState | undefined {
  if (validity === undefined) return undefined;
  const faults = validity.findings.filter(({ outcome }) => outcome === 'not valid');
  const isLateOnly = faults.every(({ rule }) => LATENESS.has(rule));
  return {
    isValid: validity.outcome === 'valid',
    text: faults[0]?.text ?? '',
    advice: faults[0]?.advice ?? '',
    share: isLateOnly ? Math.max(validity.figures.lateShare ?? 0, queuedShare(samples)) : 1,
  };
}

/** Of the time of requests, what passed before the generator had begun to work on them. */
function queuedShare(samples: EvidenceSamples | undefined): number {
  let [queued, all] = [0, 0];
  for (let row = 0; row < (samples?.count ?? 0); row += 1) {
    const own = samples?.queued[row] ?? NONE;
    if (own !== NONE) queued += own;
    all += samples?.lastByte[row] ?? 0;
  }
  return all > 0 ? queued / all : 0;
}

const ABOUT_TIME_OR_ERRORS = /time|latency|duration|error|fail|\bp\d{2,}|\bmean\b.*\bms\b|\bmax\b.*\bms\b/i;

/** Rules about anything else (how much was found, how often) say nothing about slowness. */
function brokenRules({ verdict }: RunRecord): string[] {
  return verdict.rules
    .filter(({ outcome, rule }) => outcome === 'failed' && ABOUT_TIME_OR_ERRORS.test(rule))
    .map(({ rule }) => rule);
}
