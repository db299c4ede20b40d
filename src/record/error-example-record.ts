import { z } from 'zod';

/** One thing that went wrong, without secrets. */
export const errorExample = z.object({
  /** The code of the error, its text where it has no code, or the status of the answer, from 400 on. */
  kind: z.string(),
  /** Absent: it happened between requests, or the engine does not tell. */
  endpoint: z.string().optional(),
  /** Absent: the journey has no name. */
  journey: z.string().optional(),
  /** Absent: after the last phase, or the engine does not tell. */
  phase: z.string().optional(),
  /** When the request was due, else when it happened; ISO 8601. */
  at: z.string(),
  /** From due until the last byte or the error, milliseconds; absent: it is no request's. */
  afterMs: z.number().optional(),
  /** What was said about it, on one line of at most 200 characters; absent: nothing, or nothing that is text. */
  said: z.string().optional(),
  saidBy: z.enum(['client', 'server']).optional(),
});

/** One thing that went wrong, with what the client or the server said. */
export type ErrorExample = z.infer<typeof errorExample>;
