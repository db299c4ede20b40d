import { visibleText } from '../shared/visible-text.ts';
import { element } from './dom.ts';

let region: HTMLElement | undefined;

/** Says something to a reader by ear, when what they were told before has been said. */
export function announce(text: string): void {
  if (region === undefined) {
    region = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
    document.body.append(region);
  }
  region.textContent = visibleText(text);
}
