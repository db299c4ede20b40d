import type { Collected } from 'proving-ground/record/live-events.ts';
import { addSlices, type Slice } from 'proving-ground/record/metrics.ts';
import { outputRedactor } from 'proving-ground/record/redact.ts';
import { redactSlice } from 'proving-ground/record/redact-run.ts';
import { NONE, SampleBuffer } from 'proving-ground/record/samples/sample-buffer.ts';
import { createServerTimingTally } from 'proving-ground/record/system/server-timing.ts';
import type { Exchange } from '../transport/exchange.ts';
import { ErrorNotes, type ErrorPlace, FIRST_BAD_STATUS } from './error-notes.ts';
import { createTally } from './tally.ts';

/** Where a request belongs: ids of the meter's own. */
export interface SampleLabels {
  readonly journey: number;
  readonly endpoint: number;
}

/** Classes of status codes that Artillery keeps a histogram of, by their first digit. */
const CLASSES = ['', '', '2xx', '3xx', '4xx', '5xx'].map((name) =>
  name === '' ? undefined : `http.response_time.${name}`,
);

/** Difference between `performance.now()` and the time since the epoch, milliseconds. */
const EPOCH = performance.timeOrigin;

/** What the meter measures beside what Artillery's engine does. */
export interface MeterOptions {
  /** Number of the worker, from 1. */
  readonly worker: number;
  /** Whether somebody will collect. Otherwise samples would only fill the memory. */
  readonly isCollected: boolean;
  /** `http.extendedMetrics`. */
  readonly extended: boolean;
  /** Name of the phase under way at a time, `performance.now()` milliseconds. */
  readonly phaseNameAt: (time: number) => string | undefined;
}

/** Counts and measures all requests of one worker. */
export class Meter {
  readonly #tally = createTally();
  readonly #samples: SampleBuffer;
  readonly #options: MeterOptions;
  readonly #codes: string[] = [];
  readonly #timings = createServerTimingTally(Date.now());
  readonly #endpoints: string[] = [];
  readonly #journeys: string[] = [];
  readonly #errors = new ErrorNotes();
  #phaseName: string | undefined = undefined;
  #phase = -1;
  #forStore: Slice[] = [];
  #forCollector: Slice | undefined = undefined;

  constructor(options: MeterOptions) {
    this.#options = options;
    this.#samples = new SampleBuffer(options.worker);
  }

  /** @param endpoint the request's name as written, or its method and URL as written. */
  labels(journey: string | undefined, endpoint: string): SampleLabels {
    const id = this.#samples.nameId('endpoint', endpoint);
    this.#endpoints[id] ??= outputRedactor.text(endpoint);
    if (journey === undefined) return { journey: -1, endpoint: id };
    const journeyId = this.#samples.nameId('journey', journey);
    this.#journeys[journeyId] ??= outputRedactor.text(journey);
    return { journey: journeyId, endpoint: id };
  }

  /** A metric of any name. @param value in the unit of the metric. */
  observe(name: string, value: number): void {
    this.#tally.observe(name, value, Date.now());
  }

  count(name: string, amount = 1): void {
    this.#tally.count(name, amount, Date.now());
  }

  /** An exchange begins. */
  began({ dueAt, beganAt }: Exchange): void {
    const now = Date.now();
    this.#tally.count('http.requests', 1, now);
    this.#tally.event('http.request_rate', now);
    this.#tally.observe('generator.send_lag', beganAt - dueAt, now);
  }

  /** An exchange is over. */
  ended(exchange: Exchange, labels: SampleLabels): void {
    const now = Date.now();
    const { carriedAt, beganAt } = exchange;
    if (carriedAt > beganAt) this.#tally.observe('generator.socket_wait', carriedAt - beganAt, now);
    if (exchange.status !== 0) this.#countAnswer(exchange, now);
    if (!this.#options.isCollected) return;
    this.#addSample(exchange, labels);
    if (exchange.status >= FIRST_BAD_STATUS || exchange.error !== undefined)
      this.#errors.exchange(exchange, this.#endpoints[labels.endpoint], () => this.#placeOf(exchange, labels));
    const timing = exchange.headers['server-timing'];
    if (timing !== undefined) this.#addTiming(labels.endpoint, timing);
  }

  /** A journey ends because of something about an answer: a capture, a check, a hook. To be called before `lost`. */
  rejected(error: unknown, exchange: Exchange, labels: SampleLabels): void {
    if (!this.#options.isCollected) return;
    this.#errors.answered(error, exchange, this.#endpoints[labels.endpoint], () => this.#placeOf(exchange, labels));
  }

  /** A journey has ended early, because of a request or of anything else. */
  lost(error: unknown, journey: string | undefined): void {
    if (!this.#options.isCollected) return;
    this.#errors.journey(error, () => ({
      journey: journey === undefined ? undefined : outputRedactor.text(journey),
      phase: this.#phaseNameAt(performance.now()),
    }));
  }

  /** The metrics for Artillery's own store. */
  takeForStore(): readonly Slice[] {
    this.#close();
    const slices = this.#forStore;
    this.#forStore = [];
    return slices;
  }

  /** The same metrics, and the samples, for whoever collects. */
  collect(): Collected {
    this.#close();
    const slice = this.#forCollector;
    this.#forCollector = undefined;
    return {
      slice,
      samples: this.#samples.take(),
      timings: this.#timings.take(Date.now()),
      examples: this.#errors.take(),
    };
  }

  #close(): void {
    const measured = this.#tally.take();
    if (measured === undefined) return;
    const slice = redactSlice(measured);
    this.#forStore.push(slice);
    if (!this.#options.isCollected) return;
    this.#forCollector = this.#forCollector === undefined ? slice : addSlices(this.#forCollector, slice);
  }

  #countAnswer({ status, sentAt, answeredAt, endedAt, bodyBytes, handshake }: Exchange, now: number): void {
    const tally = this.#tally;
    const firstByteMs = answeredAt - sentAt;
    tally.count(this.#codeName(status), 1, now);
    tally.count('http.responses', 1, now);
    tally.count('http.downloaded_bytes', bodyBytes, now);
    tally.observe('http.response_time', firstByteMs, now);
    const byClass = CLASSES[Math.floor(status / 100)];
    if (byClass !== undefined) tally.observe(byClass, firstByteMs, now);
    if (!this.#options.extended) return;
    tally.observe('http.dns', handshake?.lookupMs ?? 0, now);
    tally.observe('http.tcp', handshake === undefined ? 0 : handshake.connectMs - handshake.lookupMs, now);
    if (handshake?.tlsMs !== undefined) tally.observe('http.tls', handshake.tlsMs, now);
    tally.observe('http.total', endedAt - sentAt + (handshake?.connectMs ?? 0) + (handshake?.tlsMs ?? 0), now);
  }

  #codeName(status: number): string {
    const known = this.#codes[status];
    if (known !== undefined) return known;
    const name = `http.codes.${status}`;
    this.#codes[status] = name;
    return name;
  }

  #addSample(exchange: Exchange, { journey, endpoint }: SampleLabels): void {
    const { dueAt, handshake, error } = exchange;
    this.#samples.add(
      EPOCH + dueAt,
      sinceOrNone(exchange.carriedAt, dueAt),
      handshake === undefined ? NONE : handshake.connectMs * 1_000,
      handshake?.tlsMs === undefined ? NONE : handshake.tlsMs * 1_000,
      sinceOrNone(exchange.sentAt, dueAt),
      sinceOrNone(exchange.answeredAt, dueAt),
      (exchange.endedAt - dueAt) * 1_000,
      exchange.status,
      error === undefined ? -1 : this.#samples.nameId('error', error.code ?? error.message),
      exchange.bytesUp,
      exchange.bytesDown,
      exchange.sentAt !== 0 && handshake === undefined ? 1 : 0,
      this.#phaseAt(dueAt),
      journey,
      endpoint,
    );
  }

  #placeOf({ dueAt }: Exchange, { journey }: SampleLabels): ErrorPlace {
    return { journey: this.#journeys[journey], phase: this.#phaseNameAt(dueAt) };
  }

  #phaseNameAt(time: number): string | undefined {
    const name = this.#options.phaseNameAt(time);
    return name === undefined ? undefined : outputRedactor.text(name);
  }

  #addTiming(endpoint: number, header: string | readonly string[]): void {
    const text = typeof header === 'string' ? header : header.join(',');
    this.#timings.add(this.#endpoints[endpoint] ?? '', text);
  }

  #phaseAt(dueAt: number): number {
    const name = this.#options.phaseNameAt(dueAt);
    if (name !== this.#phaseName) {
      this.#phaseName = name;
      this.#phase = name === undefined ? -1 : this.#samples.nameId('phase', name);
    }
    return this.#phase;
  }
}

/** Microseconds from `start` to `time`, both milliseconds; a time of 0: it did not happen. */
function sinceOrNone(time: number, start: number): number {
  return time === 0 ? NONE : (time - start) * 1_000;
}
