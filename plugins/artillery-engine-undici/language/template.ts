import type { TemplateContext } from './template-expansion.ts';
import { compileText, type Template } from './template-text.ts';

export type { TemplateContext } from './template-expansion.ts';
export type { Template } from './template-text.ts';

/** Texts that hooks set at run time are few or, when each is new, worth nothing in a cache: then it starts anew. */
const MOST_CACHED = 1_000;
const cache = new Map<string, Template>();

/** A list or a plain object: what templates are looked for in. Dates, bytes, streams and instances are values. */
export function isContainer(value: unknown): value is unknown[] | Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Assigning `__proto__` would change the prototype instead of making a key. */
function setKey(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

/** An object that a variable brought into a container is copied and filled in as well, as if it had been written there. */
function expandNested(value: unknown, context: TemplateContext): unknown {
  return isContainer(value) ? renderContainer(value, context) : value;
}

function renderString(text: string, context: TemplateContext): unknown {
  if (!text.includes('{{')) return text;
  let template = cache.get(text);
  if (template === undefined) {
    if (cache.size >= MOST_CACHED) cache.clear();
    template = compileText(text);
    cache.set(text, template);
  }
  return template.render(context);
}

function renderNested(value: unknown, context: TemplateContext): unknown {
  return expandNested(typeof value === 'string' ? renderString(value, context) : value, context);
}

function renderContainer(value: unknown[] | Record<string, unknown>, context: TemplateContext): unknown {
  if (Array.isArray(value)) return value.map((item) => renderNested(item, context));
  const result: Record<string, unknown> = {};
  const renamed: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const rendered = renderNested(value[key], context);
    if (key.includes('{{')) renamed.push([String(renderString(key, context)), rendered]);
    else setKey(result, key, rendered);
  }
  for (const [key, rendered] of renamed) setKey(result, key, rendered);
  return result;
}

/**
 * Fills in a value that is only known at run time, such as what a hook has set. The same as
 * `compileTemplate(value).render(context)`, with the texts compiled once.
 */
export function renderTemplate(value: unknown, context: TemplateContext): unknown {
  if (typeof value === 'string') return renderString(value, context);
  return isContainer(value) ? renderContainer(value, context) : value;
}

function compileNested(value: unknown): Template {
  const template = compileTemplate(value);
  if (template.isConstant || typeof value !== 'string') return template;
  return { isConstant: false, render: (context) => expandNested(template.render(context), context) };
}

function compileList(list: readonly unknown[]): Template {
  const items = list.map(compileNested);
  return {
    isConstant: items.every(({ isConstant }) => isConstant),
    render: (context) => items.map((item) => item.render(context)),
  };
}

function compileObject(object: Record<string, unknown>): Template {
  const entries = Object.entries(object).map(([key, value]) => ({
    key: compileText(key),
    value: compileNested(value),
  }));
  const named = entries
    .filter(({ key }) => key.isConstant)
    .map(({ key, value }) => ({ key: String(key.render({ vars: {} })), value }));
  // They come last and win over a fixed key of the same name, as in Artillery.
  const renamed = entries.filter(({ key }) => !key.isConstant);
  return {
    isConstant: renamed.length === 0 && named.every(({ value }) => value.isConstant),
    render: (context) => {
      const result: Record<string, unknown> = {};
      for (const { key, value } of named) setKey(result, key, value.render(context));
      for (const { key, value } of renamed) setKey(result, String(key.render(context)), value.render(context));
      return result;
    },
  };
}

/**
 * Compiles a value of a journey: a text (see `compileText`), a list or an object with texts in it, keys included, or
 * anything else, which stays as it is. Lists and objects are new at each rendering, so that a hook may change them.
 *
 * @example compileTemplate({ id: '{{ user.id }}' }).render({ vars: { user: { id: 7 } } }) // { id: 7 }
 */
export function compileTemplate(value: unknown): Template {
  if (typeof value === 'string') return compileText(value);
  if (Array.isArray(value)) return compileList(value);
  if (isContainer(value)) return compileObject(value as Record<string, unknown>);
  return { isConstant: true, render: () => value };
}
