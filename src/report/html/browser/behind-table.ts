import { element, nameElement } from './dom.ts';

/** The numbers of a chart. */
export interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table behind a chart; it is made when it is opened. */
export interface BehindTable {
  readonly root: HTMLElement;
  setLabel(label: string): void;
  setContent(content: () => TableContent): void;
}

/** A closed table without content so far. */
export function behindTable(): BehindTable {
  const summary = element('summary', {}, 'Table');
  const holder = element('div', { class: 'scroll', role: 'region', tabindex: '0' });
  const root = element('details', { class: 'behind' }, summary, holder);
  let content: (() => TableContent) | undefined;
  const fill = (): void => {
    if (root.open && content !== undefined) holder.replaceChildren(tableOf(content()));
  };
  root.addEventListener('toggle', fill);
  return {
    root,
    setLabel: (label) => {
      holder.setAttribute('aria-label', `Table of ${label}`);
      summary.replaceChildren('Table', element('span', { class: 'visually-hidden' }, ` of ${label}`));
    },
    setContent: (next) => {
      content = next;
      fill();
    },
  };
}

function tableOf({ columns, rows }: TableContent): HTMLElement {
  const [first = '', ...others] = columns;
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, first),
    ...others.map((name) => element('th', { scope: 'col', class: 'n' }, nameElement(name))),
  );
  const body = rows.map(([name = '', ...cells]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...cells.map((cell) => element('td', { class: 'n' }, cell)),
    ),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}
