/** In which ways the question of a test is answered. The names stand in `config.plugins.verdict.question.answer`. */
export const ANSWER_KINDS = [
  'response times',
  'breaking point',
  'recovery',
  'leak',
  'sessions',
  'database',
  'hit ratio',
  'lag',
] as const;

export type AnswerKind = (typeof ANSWER_KINDS)[number];
