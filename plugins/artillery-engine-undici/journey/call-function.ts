import type { ProcessorFunction } from '../artillery.ts';

/**
 * Calls a function of a processor in the way that it is written: an `async` one is awaited, any other one calls back. One
 * that is not `async` but returns a promise may do either. What it throws, in whichever way, is handed to `done`, which is
 * called once.
 *
 * @param values what the function is called with, but for the callback.
 */
export function callFunction(
  call: ProcessorFunction,
  values: readonly unknown[],
  done: (error?: unknown) => void,
): void {
  let isDone = false;
  const once = (error?: unknown): void => {
    if (isDone) return;
    isDone = true;
    done(error ?? undefined);
  };
  try {
    const result = isAsync(call) ? call(...values) : call(...values, once);
    if (isThenable(result))
      result.then(
        () => once(),
        (reason: unknown) => once(reason ?? new Error('rejected')),
      );
  } catch (thrown) {
    once(thrown ?? new Error('thrown'));
  }
}

function isAsync(call: ProcessorFunction): boolean {
  return call.constructor.name === 'AsyncFunction';
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Calls one after the other until one fails. */
export function callInTurn<T>(
  items: readonly T[],
  call: (item: T, done: (error?: unknown) => void) => void,
  done: (error?: unknown) => void,
): void {
  const next = (index: number): void => {
    const item = items[index];
    if (item === undefined) {
      done();
      return;
    }
    call(item, (error) => {
      if (error === undefined || error === null) next(index + 1);
      else done(error);
    });
  };
  next(0);
}
