import { LanguageFault } from './fault.ts';

/** A function call in a template: its name, and its arguments, which can only be numbers, `true`, `false`, `null` and names. */
export const CALL = /\{\{\s*(\$[A-Za-z0-9_]+)\s*\(\s*([A-Za-z0-9_,\s]*)\s*\)\s*\}\}/;

/** A call as it stands in a template, with its arguments read. */
export interface Call {
  readonly name: string;
  /** Why the arguments cannot be read; thrown by the first use. */
  readonly fault: LanguageFault | undefined;
  readonly args: readonly unknown[];
}

/** Functions that templates can call, by their names with the dollar sign. */
export type TemplateFunctions = Record<string, (...args: unknown[]) => unknown>;

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER = /^(?:\d+(?:[eE]\d+)?|0[xX][\dA-Fa-f]+)$/;
const OLD_OCTAL = /^0[0-7]+$/;
const NAME = /^[A-Za-z_]\w*$/;

/** A name has no value here: Artillery passes undefined for it, and so do we. */
function parseArgument(text: string): { readonly value: unknown } | undefined {
  if (OLD_OCTAL.test(text)) return { value: Number.parseInt(text, 8) };
  if (NUMBER.test(text)) return { value: Number(text) };
  if (NAME.test(text)) return { value: WORDS.get(text) };
  return undefined;
}

/** Reads the call that `CALL` found: its name and the text between its parentheses. */
export function parseCall(name: string, text: string): Call {
  if (text.trim() === '') return { name, fault: undefined, args: [] };
  const args = text.split(',').map((part) => parseArgument(part.trim()));
  const readable = args.filter((arg) => arg !== undefined);
  const fault =
    readable.length === args.length
      ? undefined
      : new LanguageFault(
          'template-call',
          `Cannot read the arguments of {{ ${name}(${text.trim()}) }}: write numbers, true, false or null, separated by commas`,
        );
  return { name, fault, args: readable.map((arg) => arg.value) };
}

/**
 * Makes the call. @returns its result as a text; undefined for a function that is not there.
 * @throws LanguageFault `template-call` for arguments that cannot be read; whatever the function throws passes through.
 */
export function resultOfCall({ name, fault, args }: Call, funcs: TemplateFunctions | undefined): string | undefined {
  if (fault !== undefined) throw fault;
  const called = funcs?.[name];
  return called === undefined ? undefined : String(called(...args));
}
