import { outcomesOf } from '../../record/samples/request-outcome.ts';
import type { SampleBatch } from '../../record/samples/sample-buffer.ts';
import type { Facts } from './facts.ts';
import type { Subject } from './sentence.ts';
import { valuesOfTimes } from './values.ts';

/** What is known about some requests; tallies of several spans are added up without loss. */
export interface RequestTally {
  readonly attempts: number;
  readonly answers: number;
  readonly failed: number;
  /** Response times in microseconds, of answered requests and of those that timed out. */
  readonly times: readonly Uint32Array[];
}

const NO_REQUESTS: RequestTally = { attempts: 0, answers: 0, failed: 0, times: [] };

/** Counts the requests that a sentence is about, among those that the workers sent in one span. */
export function tallyRequests(subject: Subject, batches: readonly SampleBatch[]): RequestTally {
  return batches.map((batch) => tallyBatch(subject, batch)).reduce(addTallies, NO_REQUESTS);
}

/** The requests of both. */
export function addTallies(a: RequestTally, b: RequestTally): RequestTally {
  return {
    attempts: a.attempts + b.attempts,
    answers: a.answers + b.answers,
    failed: a.failed + b.failed,
    times: [...a.times, ...b.times],
  };
}

/** What a sentence can ask of them. */
export function factsOfTally({ attempts, answers, failed, times }: RequestTally): Facts {
  return { values: valuesOfTimes(concatenate(times)), count: answers, failed, attempts };
}

function tallyBatch(subject: Subject, batch: SampleBatch): RequestTally {
  const wanted = subject.kind === 'named' ? batch.names.endpoint.indexOf(subject.name) : undefined;
  const outcomes = outcomesOf(batch);
  const times = new Uint32Array(batch.count);
  let [attempts, answers, failed, timed] = [0, 0, 0, 0];
  for (let row = 0; row < batch.count; row += 1) {
    if (wanted !== undefined && batch.endpoint[row] !== wanted) continue;
    attempts += 1;
    if (outcomes.isAnswered(row)) answers += 1;
    if (outcomes.isFailed(row)) failed += 1;
    if (outcomes.isTimed(row)) times[timed++] = batch.lastByte[row] ?? 0;
  }
  // A copy of that size: a view would keep the whole second in memory as long as the window is open.
  return { attempts, answers, failed, times: timed === 0 ? [] : [times.slice(0, timed)] };
}

function concatenate(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
