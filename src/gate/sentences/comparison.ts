import type { Sentence, SentenceOperator } from './sentence.ts';

const COMPARE: Readonly<Record<SentenceOperator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Whether what the sentence says is so. */
export function holds({ operator, limit }: Sentence, value: number): boolean {
  return COMPARE[operator](value, limit.value);
}

/** For a gate the value that is farthest on the wrong side, for a stop the one nearest to stopping. */
export function worseOf({ action, operator }: Sentence, a: number | undefined, b: number): number {
  if (a === undefined) return b;
  const isUpperBound = operator === '<' || operator === '<=';
  return isUpperBound === (action === 'gate') ? Math.max(a, b) : Math.min(a, b);
}
