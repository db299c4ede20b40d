import { UserFault } from '../../errors.ts';
import { ExpressionError } from '../ensure/expression-error.ts';
import { printSentence, type Sentence } from '../sentences/sentence.ts';
import { tokeniseSentence } from '../sentences/sentence-lexer.ts';
import { parseSentence } from '../sentences/sentence-parser.ts';

/** One thing that has to hold at a rate that is sustained: an upper limit of a time or of the error rate of requests. */
export interface Clause {
  /** In its canonical form: `p95 of "Search" < 300 ms`. */
  readonly text: string;
  /** Where it begins in the objective. */
  readonly offset: number;
  readonly quantity: ClauseQuantity;
  /** Of an endpoint; undefined: of all requests. */
  readonly endpoint: string | undefined;
  /** Milliseconds, or per cent of the error rate. */
  readonly limit: number;
}

export type ClauseQuantity =
  /** Between 0 and 1. */
  { readonly kind: 'quantile'; readonly q: number } | { readonly kind: 'mean' | 'max' | 'error rate' };

// Grammar:
//
//   objective = clause { "and" clause }
//   clause    = a threshold sentence about requests with an upper limit, without during, after, for and stop if

/**
 * Reads what has to hold.
 *
 * @throws UserFault `objective-sentence`, which points to the word.
 * @example parseObjective('p95 of "Search" < 300 ms and error rate < 1 %').map(({ limit }) => limit) // [300, 1]
 */
export function parseObjective(text: string): Clause[] {
  try {
    return partsOf(text).map(({ part, offset }) => clauseAt(part, offset));
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause;
    throw objectiveFault(text, cause.offset, cause.message, cause);
  }
}

/** A fault that shows the objective and points into it. */
export function objectiveFault(text: string, offset: number, message: string, cause?: unknown): UserFault {
  return new UserFault(
    'objective-sentence',
    `the objective cannot be used: ${message}\n    ${text}\n    ${' '.repeat(offset)}^`,
    {
      hint: 'An example: --until \'p95 of "Search" < 300 ms and error rate < 1 %\'. docs/capacity.md says what it may hold.',
      cause,
    },
  );
}

function partsOf(text: string): { part: string; offset: number }[] {
  const joints = tokeniseSentence(text).filter(({ kind, text: word }) => kind === 'word' && word === 'and');
  const starts = [0, ...joints.map(({ start }) => start + 'and'.length)];
  return starts.map((start, index) => {
    const part = text.slice(start, joints[index]?.start ?? text.length);
    const offset = start + part.length - part.trimStart().length;
    return { part: part.trim(), offset };
  });
}

function clauseAt(part: string, offset: number): Clause {
  const sentence = parsedAt(part, offset);
  const [word] = [...extraWords(sentence)];
  if (word !== undefined) {
    throw new ExpressionError(`"${word}" has no place here: every trial is judged as a whole`, offset + at(part, word));
  }
  if (sentence.operator !== '<' && sentence.operator !== '<=') {
    const start = offset + at(part, sentence.operator);
    throw new ExpressionError('only upper limits end a search: use < or <=', start);
  }
  const { subject, limit } = sentence;
  if (subject.kind === 'metric') {
    const start = offset + at(part, subject.name);
    throw new ExpressionError(
      'only requests can be looked at, not metrics: name an endpoint in quotation marks',
      start,
    );
  }
  const endpoint = subject.kind === 'named' ? subject.name : undefined;
  return {
    text: printSentence(sentence),
    offset,
    quantity: quantityOf(sentence, offset),
    endpoint,
    limit: limit.value,
  };
}

function parsedAt(part: string, offset: number): Sentence {
  try {
    return parseSentence(part);
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause;
    throw new ExpressionError(cause.message, cause.offset + offset);
  }
}

function* extraWords({ action, during, afterMs, forMs }: Sentence): Generator<string> {
  if (action === 'stop') yield 'stop';
  if (during !== undefined) yield 'during';
  if (afterMs !== undefined) yield 'after';
  if (forMs !== undefined) yield 'for';
}

function at(part: string, word: string): number {
  return Math.max(0, part.lastIndexOf(word));
}

function quantityOf({ quantity }: Sentence, offset: number): ClauseQuantity {
  switch (quantity.kind) {
    case 'quantile':
      return { kind: 'quantile', q: quantity.percent / 100 };
    case 'mean':
    case 'max':
    case 'error rate':
      return { kind: quantity.kind };
    case 'min':
    case 'rate':
    case 'count':
      throw new ExpressionError(
        `${quantity.kind} says nothing about whether a rate is sustained: use p95, mean, max or error rate`,
        offset,
      );
  }
}
