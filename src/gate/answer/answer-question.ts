import type { RunRecord } from '../../record/index.ts';
import { type Clause, parseObjective } from '../capacity/index.ts';
import { breakingPoint } from './breaking-point.ts';
import { databaseWork } from './database-work.ts';
import { eventLag } from './event-lag.ts';
import type { Answer, AnswerEvidence, Question } from './evidence.ts';
import { hitRatio } from './hit-ratio.ts';
import { leak } from './leak.ts';
import { recoveryTime } from './recovery-time.ts';
import { responseTimes } from './response-times.ts';
import { sessions } from './sessions.ts';

/** What is held against a run that does not say what has to hold. */
const USUAL_HOLDS = 'p95 < 1 s and error rate < 1 %';

/**
 * What a run says to the question of its test. It decides nothing: rules do.
 *
 * @throws UserFault `objective-sentence` for what has to hold.
 */
export function answerQuestion(question: Question, evidence: AnswerEvidence): NonNullable<RunRecord['answer']> {
  const { ask, answer: kind, holds = USUAL_HOLDS } = question;
  return { question: ask, kind, ...answerOf(kind, evidence, parseObjective(holds)) };
}

function answerOf(kind: Question['answer'], evidence: AnswerEvidence, clauses: readonly Clause[]): Answer {
  switch (kind) {
    case 'response times':
      return responseTimes(evidence);
    case 'breaking point':
      return breakingPoint(evidence, clauses);
    case 'recovery':
      return recoveryTime(evidence, clauses);
    case 'leak':
      return leak(evidence);
    case 'sessions':
      return sessions(evidence);
    case 'database':
      return databaseWork(evidence);
    case 'hit ratio':
      return hitRatio(evidence);
    case 'lag':
      return eventLag(evidence);
  }
}
