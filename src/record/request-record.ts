import { z } from 'zod';

/** Times of requests, in milliseconds with three decimals, exact; quantiles of Hyndman and Fan's type 7. */
const times = z.object({
  count: z.number(),
  min: z.number(),
  mean: z.number(),
  p50: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
});

/** What the samples say about some requests of a run. */
export const requestSummary = z.object({
  /** Absent: those of all endpoints. */
  endpoint: z.string().optional(),
  /** Absent: those of the whole run. */
  phase: z.string().optional(),
  /** Requests on the wire; every hop of a redirect is one. */
  count: z.number(),
  /** Requests with a whole answer. */
  answers: z.number(),
  /** Requests without an answer, or with a 5xx answer. */
  errors: z.number(),
  /** How often each status came; requests without one are missing. */
  codes: z.record(z.string(), z.number()),
  /** Answers per second of the phase or of the run. */
  rate: z.number(),
  bytesUp: z.number(),
  bytesDown: z.number(),
  /** From due to the last byte; with requests that timed out. Absent: there are none. */
  responseTime: times.optional(),
  /** From when work on it began to the last byte. */
  serviceTime: times.optional(),
  /** From due to the head of the answer; only of those that have one. */
  firstByte: times.optional(),
});

/** The samples of a run. */
export const samplesRecord = z.object({
  /** Name of the file in the folder of the run. */
  file: z.string(),
  count: z.number(),
  /** When the first and the last request were due, ISO 8601. */
  from: z.string(),
  to: z.string(),
  sizeBytes: z.number(),
  /** Of all requests first, then per phase, per endpoint, and per endpoint and phase. */
  requests: z.array(requestSummary),
});

/** Times of requests in milliseconds. */
export type RequestTimes = z.infer<typeof times>;
export type RequestSummary = z.infer<typeof requestSummary>;
export type SamplesRecord = z.infer<typeof samplesRecord>;
