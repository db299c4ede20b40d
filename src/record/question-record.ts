import { z } from 'zod';
import { ANSWER_KINDS } from '../workload/schema/answer-kinds.ts';

const figure = z.object({
  name: z.string(),
  /** In the unit; absent: there was no data. */
  value: z.number().optional(),
  /** Of an interval of 95 %, where there is one. */
  low: z.number().optional(),
  high: z.number().optional(),
  unit: z.string(),
});

/** The question of a test, and what the run says to it. */
export const answerRecord = z.object({
  question: z.string(),
  kind: z.enum(ANSWER_KINDS),
  /** One or two sentences; without data it says so. */
  text: z.string(),
  /** false: what was measured does not say. */
  isAnswered: z.boolean(),
  figures: z.array(figure),
});
