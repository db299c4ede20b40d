import { compileFunction } from 'node:vm';
import { attempt, valueIn } from './reading.ts';

/** Makes a new value from the values captured so far. @throws whatever the expression throws, also for faulty syntax */
export type Transform = (values: Record<string, unknown>) => unknown;

/**
 * Compiles `transform`, an expression of JavaScript in which `this.name`, or `name` alone, is a value that this answer gave,
 * the one to be changed among them. Artillery had it up to 1.x.
 *
 * @example compileTransform('this.token.toUpperCase()')({ token: 'a1' }) // 'A1'
 */
export function compileTransform(expression: string): Transform {
  const compiled = attempt(() => compileFunction(`with (values) { return (${expression}\n); }`, ['values']));
  return (values) => valueIn(compiled).call(values, values);
}
