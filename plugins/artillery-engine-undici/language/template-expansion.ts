import { LanguageFault } from './fault.ts';
import { compilePath } from './property-path.ts';
import { CALL, parseCall, resultOfCall, type TemplateFunctions } from './template-call.ts';

/** What a template is filled with. */
export interface TemplateContext {
  /** The variables of the virtual user. */
  readonly vars: Record<string, unknown>;
  readonly funcs?: TemplateFunctions;
}

/** A variable, in two or three braces: a single brace next to two is swallowed, as Artillery does. */
export const VARIABLE = /\{\{\{?([\s$\w.[\]'"-]+)\}\}\}?/;
/** How often values may bring in further templates before we say that this will not end. */
const MOST_EXPANSIONS = 1_000;

/** A reader of the variable that `VARIABLE` found, by the text between its braces. */
export function compileVariable(inner: string): (vars: Record<string, unknown>) => unknown {
  return compilePath(inner.trim());
}

/** A value as it stands inside a text: objects as JSON, nothing at all as `undefined`. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return String(typeof value === 'object' ? JSON.stringify(value) : value);
}

/** A value that stands alone keeps its type, but for NaN and 0n, which Artillery makes an empty text. */
export function valueAlone(value: unknown): unknown {
  return Number.isNaN(value) || value === 0n ? '' : value;
}

/** Every place of a kind that stands in a text as it is. */
export function findPlaces(kind: RegExp, text: string): RegExpExecArray[] {
  return [...text.matchAll(new RegExp(kind, 'g'))];
}

/** Counts what values bring in beyond what the template itself holds. */
function createBudget(source: string): (place: string) => void {
  let left = MOST_EXPANSIONS + findPlaces(VARIABLE, source).length + findPlaces(CALL, source).length;
  return (place) => {
    left -= 1;
    if (left < 0) throw new LanguageFault('template-endless', `Template never ends: ${place} brings itself back`);
  };
}

function replaced(found: RegExpExecArray, result: string): string {
  return found.input.slice(0, found.index) + result + found.input.slice(found.index + found[0].length);
}

/**
 * What a template means: functions are called first, then variables are put in, one place after the other, and after each the
 * whole text is looked at again. `compileText` gives the same faster, and comes back here whenever that is in doubt.
 *
 * @throws LanguageFault `template-endless` for values that name each other; and see `resultOfCall`
 */
export function expandTemplate(source: string, context: TemplateContext): unknown {
  const spend = createBudget(source);
  let text = source;
  for (let found = CALL.exec(text); found !== null; found = CALL.exec(text)) {
    spend(found[0]);
    const result = resultOfCall(parseCall(found[1] ?? '', found[2] ?? ''), context.funcs);
    if (result === undefined) return undefined;
    text = replaced(found, result);
  }
  const first = VARIABLE.exec(text);
  if (first?.[0] === text) return valueAlone(compileVariable(first[1] ?? '')(context.vars));
  for (let found = first; found !== null; found = VARIABLE.exec(text)) {
    spend(found[0]);
    text = replaced(found, textOfValue(compileVariable(found[1] ?? '')(context.vars)));
  }
  return text;
}
