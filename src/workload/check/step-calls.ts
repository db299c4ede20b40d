import { type Cursor, textAt, textsAt } from './cursor.ts';
import type { Step } from './journey.ts';
import { requestOf } from './request-of.ts';

/** The places of a step that name functions. */
export function stepCalls(step: Step): Cursor[] {
  const { cursor } = step;
  const request = requestOf(step);
  const hooks =
    request === undefined ? [] : [request.at('beforeRequest'), request.at('afterResponse')].flatMap(textsAt);
  const single = [cursor.at('function'), cursor.at('whileTrue'), cursor.at('connect', 'function')];
  return [...hooks, ...single.filter((name) => textAt(name) !== undefined)];
}
