import { visibleText } from '../shared/visible-text.ts';

/** What can be put into an element: other nodes and text, which is never read as HTML. */
export type Child = Node | string | undefined;

/** A new element with attributes and children; an attribute that is undefined is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, visibleText(value));
  for (const child of children) {
    if (child !== undefined) made.append(typeof child === 'string' ? visibleText(child) : child);
  }
  return made;
}

/** A new element of a drawing. */
export function drawing(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly SVGElement[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The element with that id, if the page has it. */
export function byId(id: string): HTMLElement | undefined {
  return document.getElementById(id) ?? undefined;
}

/** A name that a user chose: it keeps the direction of its letters to itself. */
export function nameElement(name: string): HTMLElement {
  return element('bdi', {}, name);
}
