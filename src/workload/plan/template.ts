import { isEntry } from './entry.ts';

/** Artillery's own patterns (lib/commons/engine_util.ts). */
const VARIABLE = /{{{?[\s$\w.[\]'"-]+}}}?/g;
const FUNCTION_CALL = /{{\s*(?<name>\$[A-Za-z0-9_]+)\s*\(\s*(?<args>[A-Za-z0-9_,\s]*?)\s*\)\s*}}/;

/**
 * Puts variables into every text of a configuration. A text that is one variable and nothing else becomes that variable's
 * value; an unknown one becomes undefined there, and the word "undefined" in the middle of a text. Function calls stay as
 * they are: what they return is drawn when the run starts.
 *
 * @example resolveTemplates('{{ $env.RATE }}', { $env: { RATE: '5' } }) // '5'
 */
export function resolveTemplates(value: unknown, variables: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return resolveText(value, variables);
  if (Array.isArray(value)) return value.map((item) => resolveTemplates(item, variables));
  if (!isEntry(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, resolveTemplates(field, variables)]));
}

function resolveText(text: string, variables: Readonly<Record<string, unknown>>): unknown {
  if (FUNCTION_CALL.test(text)) return text;
  const names = variablesIn(text);
  const [only] = names;
  if (only !== undefined && only.text === text) return valueAt(variables, only.name);
  return names.reduce((resolved, { text: part, name }) => {
    const found = valueAt(variables, name);
    return resolved.replace(part, () => (typeof found === 'object' ? JSON.stringify(found) : String(found)));
  }, text);
}

/** A variable in a text: as it is written with its braces, and its name. */
export interface TemplateVariable {
  readonly text: string;
  readonly name: string;
}

/** The variables of a text in their order. */
export function variablesIn(text: string): TemplateVariable[] {
  return [...text.matchAll(VARIABLE)].map(([part]) => ({ text: part, name: part.replace(/[{}]/g, '').trim() }));
}

/** The call of one of Artillery's functions in a text, such as `{{ $randomNumber(1, 5) }}`. */
export interface TemplateCall {
  readonly text: string;
  readonly name: string;
  readonly args: readonly string[];
}

/** The first function call of a text. */
export function callIn(text: string): TemplateCall | undefined {
  const match = FUNCTION_CALL.exec(text);
  if (match?.groups?.name === undefined) return undefined;
  const args = (match.groups.args ?? '').split(',').map((argument) => argument.trim());
  return { text: match[0], name: match.groups.name, args: args.filter((argument) => argument !== '') };
}

/** The value below a path such as `user.roles[0]`; undefined where there is none. */
export function valueAt(root: unknown, path: string): unknown {
  const keys = path.split(/[.[\]'"]+/).filter((key) => key !== '');
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isEntry(value) ? value[key] : undefined;
  }, root);
}
