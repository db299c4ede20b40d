import { METHODS } from '../schema/steps.ts';
import type { Cursor } from './cursor.ts';
import type { Step } from './journey.ts';

/** The request that a step sends; undefined for steps that send none. */
export function requestOf({ cursor, kind }: Step): Cursor | undefined {
  return METHODS.some((method) => method === kind) ? cursor.at(kind) : undefined;
}
