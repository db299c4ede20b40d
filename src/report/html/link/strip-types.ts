import { stripTypeScriptTypes } from 'node:module';

/**
 * JavaScript from TypeScript whose types can be erased, as Node does it when it runs this project.
 *
 * Node prints a warning on the first call, since the function may still change. It is held back: a reader of a report can do
 * nothing about it, and the tests of the report fail if the function does change.
 */
export function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
