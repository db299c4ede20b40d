import { stringify } from 'node:querystring';
import { isContainer, renderTemplate, type TemplateContext } from './template.ts';

/**
 * The query of `qs`: lists become repeated names, nested objects and missing values empty ones; spaces become `+`. Anything
 * but an object gives an empty query.
 *
 * @example renderQuery({ q: '{{ term }}', page: 1 }, { vars: { term: 'a b' } }) // 'q=a+b&page=1'
 */
export function renderQuery(qs: unknown, context: TemplateContext): string {
  const values = renderTemplate(qs, context);
  const query = isContainer(values) ? stringify(values as Record<string, string>) : '';
  // Artillery writes it with one encoder and got writes it anew with another; a server sees the second.
  return new URLSearchParams(query).toString();
}

/** Puts a query into the place of the URL's own, which is lost, as is the fragment. */
export function replaceQuery(url: string, query: string): string {
  const [address = ''] = url.split(/[?#]/, 1);
  return query === '' ? address : `${address}?${query}`;
}
