import { escapeMarkup } from '../../plan/markup.ts';
import { visibleText } from '../shared/visible-text.ts';

/** Finished HTML. Only `html` makes it, so that no text gets into a page without being escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: text and numbers are escaped, finished HTML stays, nothing stays nothing. */
export type Part = string | number | Markup | undefined | readonly Part[];

/**
 * A template for HTML whose values are escaped, in content and in quoted attributes.
 *
 * @example html`<p>${'a < b'}</p>`.text // '<p>a &lt; b</p>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const rendered = strings.map((text, index) => (index === 0 ? text : `${render(parts[index - 1])}${text}`));
  return new Markup(rendered.join(''));
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeMarkup(visibleText(part));
  if (typeof part === 'number') return String(part);
  return part.map(render).join('');
}
