import { Readable } from 'node:stream';
import type FormData from 'form-data';
import { LanguageFault } from './fault.ts';
import { encodeMultipart, encodeMultipartForm } from './multipart.ts';
import { attempt, valueIn } from './reading.ts';
import { compileTemplate, isContainer, renderTemplate, type TemplateContext } from './template.ts';

/** The parts of a request that make its body, as written in the journey or changed by hooks. */
export interface BodySource {
  readonly json?: unknown;
  readonly body?: unknown;
  readonly form?: unknown;
  readonly formData?: unknown;
  /** Lets a GET have a body. */
  readonly allowGetBody?: unknown;
}

/** A body, ready to be sent. */
export interface RenderedBody {
  readonly body: string | Buffer | Readable;
  /** For a request whose headers do not say a `content-type` as a text. */
  readonly contentType: string | undefined;
}

/** The body of one request, compiled. */
export interface BodyTemplate {
  /** @returns undefined if there is nothing to send. @throws as `renderBody` */
  render(context: TemplateContext): RenderedBody | undefined;
}

type Fields = Record<string, unknown>;
type Kind = 'json' | 'form' | 'formData' | 'body';

const WITHOUT_BODY = new Set(['GET', 'HEAD']);

function isFields(value: unknown): value is Fields {
  return isContainer(value) && !Array.isArray(value);
}

/** What there is to send. `json` goes before `body`, and `formData` is sent instead of it. */
function kindsIn({ json, form, formData, body }: BodySource): Kind[] {
  const kinds: Kind[] = [];
  if (json !== undefined) kinds.push('json');
  if (form) kinds.push('form');
  if (formData) kinds.push('formData');
  if (body !== undefined && body !== null && !json && !formData) kinds.push('body');
  return kinds;
}

/** @throws LanguageFault `body` for a body where none is allowed, and for two of them */
function kindOf(parts: BodySource, method: string): Kind | undefined {
  const [kind, second] = kindsIn(parts);
  if (kind !== undefined && WITHOUT_BODY.has(method) && !(method === 'GET' && parts.allowGetBody)) {
    throw new LanguageFault('body', `The \`${method}\` method cannot be used with a body`);
  }
  if (second !== undefined) {
    throw new LanguageFault('body', `${kind} and ${second} cannot be sent together; keep one of them`);
  }
  return kind;
}

function fieldsOf(kind: Kind, value: unknown): Fields {
  if (isFields(value)) return value;
  throw new LanguageFault('body', `${kind} must be an object of names and values, found ${typeof value}`);
}

/** Names and values as a browser's form sends them: spaces as `+`, lists joined with commas. */
function encodeForm(fields: Fields): string {
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function isForm(value: object): value is FormData {
  return 'getBoundary' in value && 'getBuffer' in value && 'pipe' in value;
}

function isIterable(value: object): value is Iterable<unknown> | AsyncIterable<unknown> {
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

function encodeRaw(value: unknown): RenderedBody {
  if (typeof value === 'string' || Buffer.isBuffer(value)) return { body: value, contentType: undefined };
  if (ArrayBuffer.isView(value)) {
    return { body: Buffer.from(value.buffer, value.byteOffset, value.byteLength), contentType: undefined };
  }
  if (typeof value === 'object' && value !== null) {
    if (isForm(value)) return encodeMultipartForm(value);
    if (value instanceof Readable) return { body: value, contentType: undefined };
    if (!Array.isArray(value) && isIterable(value)) return { body: Readable.from(value), contentType: undefined };
  }
  const found = Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
  throw new LanguageFault('body', `body must be a text, bytes or a stream, found ${found}; write json for data`);
}

/**
 * The body of a request as got would send it: `json` serialised, `form` encoded, `formData` in parts (see
 * `encodeMultipart`), `body` as it is.
 *
 * @param parts rendered
 * @param method in capitals
 * @param scenarioFile what `fromFile` is relative to
 * @returns undefined if there is nothing to send
 * @throws LanguageFault `body` for a body where none is allowed, two of them, or one that cannot be sent; the error of the
 * file system for a file that cannot be read
 * @example encodeBody({ form: { a: 'b c' } }, 'POST', undefined)?.body // 'a=b+c'
 */
export function encodeBody(parts: BodySource, method: string, scenarioFile: unknown): RenderedBody | undefined {
  const kind = kindOf(parts, method);
  switch (kind) {
    case 'json':
      return { body: JSON.stringify(parts.json), contentType: 'application/json' };
    case 'form':
      return { body: encodeForm(fieldsOf(kind, parts.form)), contentType: 'application/x-www-form-urlencoded' };
    case 'formData':
      return encodeMultipart(fieldsOf(kind, parts.formData), scenarioFile);
    case 'body':
      return encodeRaw(parts.body);
    case undefined:
      return undefined;
  }
}

type Part<Value> = Record<Kind, Value>;

function mapParts<From, To>({ json, form, formData, body }: Part<From>, map: (value: From) => To): Part<To> {
  return { json: map(json), form: map(form), formData: map(formData), body: map(body) };
}

/** Without a `body` that gives way to `json`, whatever that renders to. */
function partsOf({ json, form, formData, body }: BodySource): Part<unknown> {
  return { json, form, formData, body: json ? undefined : body };
}

/**
 * What there is to send, filled in: the first of the two halves of `renderBody`, for whoever has to show the parts to hooks.
 * A `body` gives way to `json`.
 */
export function renderBodyParts(source: BodySource, context: TemplateContext): BodySource {
  const parts = mapParts(partsOf(source), (value) => renderTemplate(value, context));
  return { ...parts, allowGetBody: source.allowGetBody };
}

/**
 * `encodeBody` of `renderBodyParts`.
 *
 * @example renderBody({ form: { a: '{{ b }}' } }, 'POST', { vars: { b: 'c d' } })?.body // 'a=c+d'
 */
export function renderBody(source: BodySource, method: string, context: TemplateContext): RenderedBody | undefined {
  return encodeBody(renderBodyParts(source, context), method, context.vars.$scenarioFile);
}

/** `renderBody`, with the work done once that is the same for all users. */
export function compileBody(source: BodySource, method: string): BodyTemplate {
  const templates = mapParts(partsOf(source), compileTemplate);
  const render = (context: TemplateContext): RenderedBody | undefined => {
    const parts = mapParts(templates, (template) => template.render(context));
    return encodeBody({ ...parts, allowGetBody: source.allowGetBody }, method, context.vars.$scenarioFile);
  };
  // A file is found by a variable, and what is in it may be much.
  const isConstant = Object.values(templates).every((template) => template.isConstant) && !source.formData;
  if (!isConstant) return { render };
  const always = attempt(() => render({ vars: {} }));
  return { render: () => valueIn(always) };
}
