import { LanguageFault } from './fault.ts';
import { compileTemplate, renderTemplate, type Template, type TemplateContext } from './template.ts';

const USER_AGENT = 'Artillery (https://artillery.io)';
/** What got asks for on a Node that can unpack all of them. */
const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

/** What `config` says about headers. */
export interface HeaderConfig {
  readonly http?: { readonly defaults?: { readonly headers?: unknown } };
  readonly defaults?: { readonly headers?: unknown };
}

/** The headers of one step. */
export interface HeaderPlan {
  /** By their names in lower case, rendered; those of the hooks win. A fresh object. */
  render(context: TemplateContext, fromHooks: unknown): Record<string, unknown>;
  /** All of them, if they are the same each time; hooks are left out of account. */
  readonly constant: Readonly<Record<string, unknown>> | undefined;
}

function lowerCased(headers: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Compiles the headers of a request: those of `config.http.defaults` (else of `config.defaults`), then the step's, then the
 * hooks', each by its name in lower case. `user-agent` is Artillery's and `accept-encoding` got's unless one of them says
 * otherwise; a variable that is undefined leaves its header out.
 *
 * @param decompress whether to say which encodings are accepted
 */
export function compileHeaders(config: HeaderConfig, stepHeaders: unknown, decompress: boolean): HeaderPlan {
  const written: Record<string, unknown> = {
    'user-agent': USER_AGENT,
    ...lowerCased(config.http?.defaults?.headers || config.defaults?.headers),
    ...lowerCased(stepHeaders),
  };
  const templates = Object.entries(written).map(([name, value]): [string, Template] => [name, compileTemplate(value)]);

  function render(context: TemplateContext, fromHooks: unknown): Record<string, unknown> {
    const headers: Record<string, unknown> = {};
    for (const [name, template] of templates) headers[name] = template.render(context);
    for (const [name, value] of Object.entries(fromHooks ?? {})) {
      headers[name.toLowerCase()] = renderTemplate(value, context);
    }
    if (decompress) headers['accept-encoding'] ??= ACCEPT_ENCODING;
    return headers;
  }

  // A null is a fault of the request, not of the whole journey.
  const isConstant = templates.every(([name, template]) => template.isConstant && written[name] !== null);
  return { render, constant: isConstant ? render({ vars: {} }, undefined) : undefined };
}

/**
 * Headers as they go on the wire: names and values in turn, without those that are undefined; of a list, each.
 *
 * @throws LanguageFault `header-null` for null, which means neither "send" nor "leave out"
 */
export function flattenHeaders(headers: Readonly<Record<string, unknown>>): string[] {
  const flat: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value === null) {
      throw new LanguageFault('header-null', `Use \`undefined\` instead of \`null\` to delete the \`${name}\` header`);
    }
    if (Array.isArray(value)) for (const one of value) flat.push(name, String(one));
    else if (value !== undefined) flat.push(name, String(value));
  }
  return flat;
}

/**
 * The header `authorization` of `auth: { user, pass }`, which replaces any other.
 *
 * @returns undefined if both are empty
 * @example renderAuthorization({ user: 'ada', pass: 'x' }, { vars: {} }) // 'Basic YWRhOng='
 */
export function renderAuthorization(
  auth: { readonly user?: unknown; readonly pass?: unknown },
  context: TemplateContext,
): string | undefined {
  const user = String(renderTemplate(auth.user, context) ?? '');
  const pass = String(renderTemplate(auth.pass, context) ?? '');
  return user === '' && pass === '' ? undefined : `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;
}
