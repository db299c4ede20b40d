import type { EngineConfig, EngineEvents, UserContext } from '../artillery.ts';
import { callFunction, callInTurn } from '../journey/call-function.ts';

/** Tells the journey's `onError` hooks of a request that got no answer. What they themselves do wrong changes nothing. */
export function runErrorHooks(
  hooks: readonly string[],
  { processor }: EngineConfig,
  values: readonly [error: unknown, request: unknown, context: UserContext, events: EngineEvents],
  done: () => void,
): void {
  callInTurn(
    hooks,
    (name, next) => {
      const call = processor?.[name];
      if (call === undefined) {
        values[3].emit('error', `Undefined function "${name}"`);
        next();
      } else callFunction(call, values, next);
    },
    done,
  );
}
