import type { AnswerDocument } from './answer-document.ts';
import { compileJsonPath } from './json-path.ts';
import { attempt, type Reading, valueIn } from './reading.ts';
import { compileTemplate, type TemplateContext } from './template.ts';
import { compileXPath } from './xpath.ts';

/** One entry of `capture` or `match`, as written in the journey. */
export type CaptureSpec = Readonly<Record<string, unknown>>;

/** Takes a value out of an answer; the empty text or undefined if it is not there. @throws whatever prevents it */
export type Extract = (document: AnswerDocument, context: TemplateContext, random: () => number) => unknown;

/** An expression such as a JSONPath, ready to be used. */
type Compiled = (document: AnswerDocument, random: () => number) => unknown;
type Compile = (expression: string, spec: CaptureSpec) => Compiled;

/** Expressions with templates give ever new ones; this many are kept. */
const MOST_CACHED = 100;

function compileRegexp(expression: string, { group, flags }: CaptureSpec): Compiled {
  const pattern = flags ? new RegExp(expression, String(flags)) : new RegExp(expression);
  return ({ body }) => {
    pattern.lastIndex = 0;
    const match = pattern.exec(body);
    if (match === null) return '';
    if (group && match.groups !== undefined) return match.groups[String(group)];
    return (group && match[group as number]) || match[0] || '';
  };
}

/** Which of so many elements; a place that does not exist is allowed. */
function placeOf(index: unknown, size: number, random: () => number): number {
  if (index === 'random') return Math.floor(random() * size);
  return index === 'last' ? size - 1 : Number(index ?? 0);
}

function compileSelector(expression: string, { index, attr }: CaptureSpec): Compiled {
  return ({ html }, random) => {
    const elements = html(expression);
    const place = placeOf(index, elements.length, random);
    return elements.slice(place, place + 1).attr(attr as string);
  };
}

/** The kinds in the order in which Artillery looks for them. */
const KINDS: readonly (readonly [key: string, compile: Compile])[] = [
  [
    'json',
    (expression, { multiple }) => {
      const read = compileJsonPath(expression, multiple);
      return ({ json }, random) => (expression === '' ? '' : read(json, random));
    },
  ],
  [
    'xpath',
    (expression) => {
      const read = compileXPath(expression);
      return (document) => read(document.xml);
    },
  ],
  ['regexp', compileRegexp],
  ['header', (name) => (document) => document.headers[name.toLowerCase()] || ''],
  ['selector', compileSelector],
];

function cached(compile: (expression: string) => Compiled): (expression: string) => Reading<Compiled> {
  const known = new Map<string, Reading<Compiled>>();
  return (expression) => {
    let reading = known.get(expression);
    if (reading === undefined) {
      if (known.size >= MOST_CACHED) known.clear();
      reading = attempt(() => compile(expression));
      known.set(expression, reading);
    }
    return reading;
  };
}

/** How an entry gets its value. */
export interface Extraction {
  /** The JSONPath, name of a header or whatever else it is, as written. */
  readonly expression: string;
  /** Whether the body of the answer is needed. */
  readonly needsBody: boolean;
  readonly extract: Extract;
}

/** Compiles one entry. One without any kind never finds anything. */
export function compileExtraction(spec: CaptureSpec): Extraction {
  const [kind, compile] = KINDS.find(([key]) => spec[key]) ?? [];
  if (kind === undefined || compile === undefined) return { expression: '', needsBody: false, extract: () => '' };
  const template = compileTemplate(spec[kind]);
  const compiled = cached((expression) => compile(expression, spec));
  return {
    expression: String(spec[kind]),
    needsBody: kind !== 'header',
    extract: (document, context, random) => {
      const expression = String(template.render(context) ?? '');
      return valueIn(compiled(expression))(document, random);
    },
  };
}
