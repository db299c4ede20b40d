import { judgeRun, phaseTimesOf, replay, requestsOfRun } from '../../../gate/index.ts';
import { parseSentence } from '../../../gate/sentences/sentence-parser.ts';
import { createTracker } from '../../../gate/sentences/tracker.ts';
import {
  buildRunRecord,
  createErrorExamples,
  type ErrorExample,
  metricsOfSpan,
  type RunRecord,
  type Slice,
} from '../../../record/index.ts';
import { createRecorder } from '../../../record/recorder.ts';
import { NONE, type Samples } from '../../../record/samples/index.ts';
import { type Sketch, sketchOf } from '../../../stats/index.ts';
import type { ReportSamples } from '../aggregate/report-samples.ts';
import { type SyntheticRequest, type SyntheticSystem, syntheticRequests } from './synthetic-load.ts';

/** A run that never took place. */
export interface SyntheticRun {
  readonly record: RunRecord;
  readonly samples: SyntheticSamples;
}

/** The columns that a report needs, and the phase, which thresholds need. */
type SyntheticSamples = ReportSamples & Pick<Samples, 'phase'>;

/** What a synthetic run is made of beside its load. */
export interface SyntheticOptions extends SyntheticSystem {
  readonly thresholds: readonly string[];
  readonly testFile?: string;
  readonly ending?: RunRecord['ending'];
  /** Milliseconds since the epoch. */
  readonly startMs?: number;
}

const START_MS = Date.parse('2026-03-04T09:30:00.250Z');
const REQUESTS_PER_USER = 8;

/** Simulates a run second by second, records it as a real one is recorded, and judges it. */
export function syntheticRun(options: SyntheticOptions): SyntheticRun {
  const { startMs = START_MS } = options;
  const requests = [...syntheticRequests(options)];
  const totalMs = options.phases.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  const recorder = createRecorder(() => startMs + totalMs + 3000);
  let phaseStartMs = startMs;
  options.phases.forEach(({ name, seconds, fromPerSec, toPerSec }, index) => {
    const plan = {
      duration: seconds,
      arrivalRate: fromPerSec / REQUESTS_PER_USER,
      rampTo: toPerSec / REQUESTS_PER_USER,
    };
    recorder.phaseStarted({ index, name, startTime: phaseStartMs, ...plan });
    phaseStartMs += seconds * 1000;
    recorder.phaseCompleted({ index, name, startTime: phaseStartMs - seconds * 1000, endTime: phaseStartMs, ...plan });
  });
  for (const slice of slicesOf(requests, options, startMs)) recorder.addSlice(slice);
  const recording = recorder.recording();
  const ending = options.ending ?? { how: 'completed', faults: [], suggestedExitCode: 0 };
  const plannedUsers = (index: number): number => {
    const { seconds = 0, fromPerSec = 0, toPerSec = 0 } = options.phases[index] ?? {};
    return Math.round((seconds * (fromPerSec + toPerSec)) / 2 / REQUESTS_PER_USER);
  };
  const errorExamples = examplesOf(requests, options, startMs);
  const unjudged = buildRunRecord(
    { ...detailsOf(options, startMs, startMs + totalMs + 2000), ending, errorExamples, verdict: UNJUDGED },
    recording,
    { extra: {}, plannedUsers },
  );
  const samples = samplesOf(requests, options, startMs);
  return { record: { ...unjudged, verdict: judged(unjudged, samples, options.thresholds) }, samples };
}

const UNJUDGED = { outcome: 'passed', reason: '', exitCode: 0, faults: [], rules: [] } satisfies RunRecord['verdict'];

function judged(record: RunRecord, samples: SyntheticSamples, sentences: readonly string[]): RunRecord['verdict'] {
  const requests = requestsOfRun(samples, phaseTimesOf(record), record.metrics.counters);
  const results = sentences.map((sentence, index) => {
    const tracker = createTracker(parseSentence(sentence), `artillery/peak.yml:${20 + index}:9`);
    replay(record, tracker);
    return tracker.result(samples.count === 0 ? undefined : requests);
  });
  const plannedUsers = record.phases.reduce((sum, phase) => sum + phase.plannedUsers, 0);
  return judgeRun([], results, { ending: record.ending, metrics: metricsOfSpan(record.metrics), plannedUsers });
}

function detailsOf(
  { testFile = 'artillery/peak.yml', phases, thresholds }: SyntheticOptions,
  startMs: number,
  endMs: number,
): Pick<RunRecord, 'test' | 'startedAt' | 'endedAt' | 'replay' | 'seed' | 'environment' | 'configuration'> {
  const name = testFile.replace(/^.*\//, '');
  return {
    test: { name, file: testFile, target: 'http://127.0.0.1:4600' },
    startedAt: new Date(startMs - 2250).toISOString(),
    endedAt: new Date(endMs).toISOString(),
    replay: `SEED=42 npx artillery run ${testFile}`,
    seed: '42',
    environment: {
      artillery: '2.0.34',
      node: 'v24.21.0',
      platform: 'linux x64',
      cpus: 2,
      cpuModel: 'Synthetic processor',
      memoryBytes: 8 * 2 ** 30,
      commit: '0123456789abcdef0123456789abcdef01234567',
    },
    configuration: {
      target: 'http://127.0.0.1:4600',
      phases: phases.map((phase) => ({ ...phase })),
      plugins: { verdict: { thresholds: [...thresholds] } },
    },
  };
}

/** What the synthetic system says when it fails. */
function examplesOf(
  requests: readonly SyntheticRequest[],
  { endpoints, phases }: SyntheticOptions,
  startMs: number,
): ErrorExample[] {
  const examples = createErrorExamples();
  for (const { endpoint, dueMs, lastByteMs, status, error } of requests) {
    if (status > 0 && status < 400) continue;
    const { name, journey } = endpoints[endpoint] ?? {};
    examples.add({
      ...{ kind: error ?? String(status), endpoint: name, journey, phase: phases[phaseAt(phases, dueMs)]?.name },
      ...{ at: new Date(startMs + dueMs).toISOString(), afterMs: lastByteMs },
      said: error === undefined ? ANSWERS[status] : "Timeout awaiting 'response' for 10000ms",
      saidBy: error === undefined ? 'server' : 'client',
    });
  }
  return [...examples.take()];
}

const ANSWERS: Readonly<Record<number, string>> = {
  409: '{"type":"about:blank","title":"Conflict","status":409,"detail":"Somebody else has acknowledged this alert."}',
  503: '{"title":"Service Unavailable","detail":"No connection of the pool became free within 2,000 ms; 40 callers wait."}',
};

class Second {
  readonly counters: Record<string, number> = {};
  readonly histograms: Record<string, Sketch> = {};

  count(name: string, by = 1): void {
    this.counters[name] = (this.counters[name] ?? 0) + by;
  }

  value(name: string, value: number): void {
    const sketch = this.histograms[name] ?? sketchOf([]);
    this.histograms[name] = sketch;
    sketch.accept(value);
  }
}

function slicesOf(requests: readonly SyntheticRequest[], options: SyntheticOptions, startMs: number): Slice[] {
  const seconds = new Map<number, Second>();
  let number = 0;
  for (const request of requests) {
    const at = Math.floor(request.dueMs / 1000);
    const second = seconds.get(at) ?? new Second();
    seconds.set(at, second);
    countRequest(second, request, options, number);
    if (number % REQUESTS_PER_USER === 0) endUser(seconds, at, request);
    number += 1;
  }
  return [...seconds].map(([at, { counters, histograms }]) => ({
    startedAt: startMs + at * 1000,
    firstAt: startMs + at * 1000,
    lastAt: startMs + at * 1000 + 999,
    counters,
    events: { 'http.request_rate': counters['http.requests'] ?? 0 },
    histograms,
  }));
}

/** A user is at work for some seconds. */
function endUser(seconds: Map<number, Second>, at: number, request: SyntheticRequest): void {
  const end = at + 9;
  const second = seconds.get(end) ?? new Second();
  seconds.set(end, second);
  second.count(request.error === undefined ? 'vusers.completed' : 'vusers.failed');
}

function countRequest(
  second: Second,
  request: SyntheticRequest,
  { endpoints }: SyntheticOptions,
  number: number,
): void {
  const { name = 'unnamed', journey = 'none' } = endpoints[request.endpoint] ?? {};
  second.count('http.requests');
  if (number % REQUESTS_PER_USER === 0) {
    second.count('vusers.created');
    second.count(`vusers.created_by_name.${journey}`);
    second.count(`journeys.${journey}.${request.error === undefined ? 'completed' : 'failed'}`);
    second.value(`journeys.${journey}.time`, 4000 + request.lastByteMs * REQUESTS_PER_USER);
    second.value('search.hits', (number / REQUESTS_PER_USER) % 21);
    second.count('events.accepted', 5);
  }
  if (request.error !== undefined) {
    second.count(`errors.${request.error}`);
    second.count(`plugins.metrics-by-endpoint.${name}.errors.${request.error}`);
    return;
  }
  second.count('http.responses');
  second.count(`http.codes.${request.status}`);
  second.count(`plugins.metrics-by-endpoint.${name}.codes.${request.status}`);
  second.count('http.downloaded_bytes', 1200);
  second.value('http.response_time', request.firstByteMs);
  second.value(`plugins.metrics-by-endpoint.response_time.${name}`, request.firstByteMs);
}

function samplesOf(
  requests: readonly SyntheticRequest[],
  { endpoints, phases }: SyntheticOptions,
  startMs: number,
): SyntheticSamples {
  const journeys = [...new Set(endpoints.map(({ journey }) => journey))];
  const errors = [...new Set(requests.flatMap(({ error }) => error ?? []))];
  const micros = (pick: (request: SyntheticRequest) => number): Uint32Array =>
    Uint32Array.from(requests, (request) => {
      const ms = pick(request);
      return Number.isFinite(ms) ? Math.round(ms * 1000) : NONE;
    });
  return {
    count: requests.length,
    names: {
      error: errors,
      phase: phases.map(({ name }) => name),
      journey: journeys,
      endpoint: endpoints.map(({ name }) => name),
    },
    due: Float64Array.from(requests, ({ dueMs }) => startMs + dueMs),
    queued: micros(({ queuedMs }) => queuedMs),
    firstByte: micros(({ firstByteMs }) => firstByteMs),
    lastByte: micros(({ lastByteMs }) => lastByteMs),
    status: Uint16Array.from(requests, ({ status }) => status),
    error: Int16Array.from(requests, ({ error }) => (error === undefined ? -1 : errors.indexOf(error))),
    bytesUp: Uint32Array.from(requests, ({ endpoint }) => 300 + endpoint * 17),
    bytesDown: Uint32Array.from(requests, ({ endpoint, dueMs }) => 900 + endpoint * 400 + Math.round(dueMs % 97)),
    phase: Int16Array.from(requests, ({ dueMs }) => phaseAt(phases, dueMs)),
    journey: Int16Array.from(requests, ({ endpoint }) => journeys.indexOf(endpoints[endpoint]?.journey ?? '')),
    endpoint: Int16Array.from(requests, ({ endpoint }) => endpoint),
  };
}

function phaseAt(phases: SyntheticOptions['phases'], dueMs: number): number {
  let endMs = 0;
  return phases.findIndex(({ seconds }) => {
    endMs += seconds * 1000;
    return dueMs < endMs;
  });
}
