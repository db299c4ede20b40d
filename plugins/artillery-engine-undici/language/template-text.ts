import { CALL, type Call, parseCall, resultOfCall } from './template-call.ts';
import {
  compileVariable,
  expandTemplate,
  findPlaces,
  type TemplateContext,
  textOfValue,
  VARIABLE,
  valueAlone,
} from './template-expansion.ts';

/** Something that may hold `{{ … }}`, compiled once and filled in as often as needed. */
export interface Template {
  /** Nothing in it depends on the context. */
  readonly isConstant: boolean;
  /** @throws LanguageFault as `expandTemplate` does */
  render(context: TemplateContext): unknown;
}

/** @param results of the calls in the same text */
type Reader = (vars: Record<string, unknown>, results: readonly string[]) => unknown;

const OPENING_BRACE = 0x7b;
const NONE: readonly string[] = [];

/** The texts between the places of one kind, and what was found: always one text more than places. */
function splitAt(kind: RegExp, source: string): { readonly texts: string[]; readonly places: RegExpExecArray[] } {
  const places = findPlaces(kind, source);
  const texts: string[] = [];
  let end = 0;
  for (const place of places) {
    texts.push(source.slice(end, place.index));
    end = place.index + place[0].length;
  }
  texts.push(source.slice(end));
  return { texts, places };
}

/** Whether these texts could make a place that is not one yet, together or with the brace of the place behind them. */
function mayFormPlaces(texts: readonly string[]): boolean {
  return texts.join('').includes('{{') || texts.slice(0, -1).some((text) => text.endsWith('{'));
}

function varying(render: Template['render']): Template {
  return { isConstant: false, render };
}

/** Texts with values between them. A value that could join the braces of the next place makes us expand step by step. */
function joiner(
  texts: readonly string[],
  readers: readonly Reader[],
): (context: TemplateContext, results: readonly string[]) => string | undefined {
  const [first = '', ...rest] = texts;
  return ({ vars }, results) => {
    let joined = first;
    for (let place = 0; place < readers.length; place += 1) {
      const value = textOfValue((readers[place] as Reader)(vars, results));
      if (value.charCodeAt(value.length - 1) === OPENING_BRACE) return undefined;
      joined += value + rest[place];
    }
    return joined.includes('{{') ? undefined : joined;
  };
}

function compileVariables(source: string): Template {
  const { texts, places } = splitAt(VARIABLE, source);
  const readers = places.map(([, inner = '']) => compileVariable(inner));
  const [only] = readers;
  if (only === undefined) return { isConstant: true, render: () => source };
  if (places[0]?.[0] === source) return varying(({ vars }) => valueAlone(only(vars)));
  if (mayFormPlaces(texts)) return varying((context) => expandTemplate(source, context));
  const join = joiner(texts, readers);
  return varying((context) => join(context, NONE) ?? expandTemplate(source, context));
}

/** Without the calls that have been made, and still with those that have not. */
function withResults(source: string, places: readonly RegExpExecArray[], results: readonly string[]): string {
  let text = '';
  let end = 0;
  for (const [order, result] of results.entries()) {
    const place = places[order] as RegExpExecArray;
    text += source.slice(end, place.index) + result;
    end = place.index + place[0].length;
  }
  return text + source.slice(end);
}

/** Calls and variables in one line, with the texts around each. */
function lineUp(textsAroundCalls: readonly string[]): { readonly texts: string[]; readonly readers: Reader[] } {
  const texts: string[] = [];
  const readers: Reader[] = [];
  for (const [order, text] of textsAroundCalls.entries()) {
    const inner = splitAt(VARIABLE, text);
    if (order > 0) readers.push((_vars, results) => results[order - 1]);
    texts.push(...inner.texts);
    readers.push(...inner.places.map(([, name = '']) => compileVariable(name)));
  }
  return { texts, readers };
}

/** Empty or with braces, it may make a place together with what stands around it, before the next call is made. */
function mayFormPlace(result: string): boolean {
  return result === '' || result.includes('{') || result.includes('}');
}

function compileCalls(source: string): Template {
  const around = splitAt(CALL, source);
  const calls: Call[] = around.places.map(([, name = '', args = '']) => parseCall(name, args));
  const { texts, readers } = lineUp(around.texts);
  const join = mayFormPlaces(texts) ? undefined : joiner(texts, readers);
  return varying((context) => {
    const results: string[] = [];
    for (const call of calls) {
      const result = resultOfCall(call, context.funcs);
      if (result === undefined) return undefined;
      results.push(result);
      if (mayFormPlace(result)) return expandTemplate(withResults(source, around.places, results), context);
    }
    return join?.(context, results) ?? expandTemplate(withResults(source, around.places, results), context);
  });
}

/**
 * Compiles a text. Without places it gives itself; if it is one variable and nothing else, the value in its own type;
 * otherwise a text, in which objects stand as JSON and missing variables as `undefined`. A text with a call of an unknown
 * function gives undefined.
 *
 * @example compileText('/documents/{{ id }}').render({ vars: { id: 7 } }) // '/documents/7'
 */
export function compileText(source: string): Template {
  if (!source.includes('{{')) return { isConstant: true, render: () => source };
  return CALL.exec(source) === null ? compileVariables(source) : compileCalls(source);
}
