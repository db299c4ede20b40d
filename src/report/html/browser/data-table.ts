import { copyText, csvOf } from './csv.ts';
import { element, nameElement } from './dom.ts';
import type { Cell, TableColumn, TableRow } from './table-content.ts';

/** A table that can be sorted, filtered and copied. */
export interface DataTable {
  readonly root: HTMLElement;
  /** Beside filter and copy. */
  readonly controls: HTMLElement;
  show(columns: readonly TableColumn[], rows: readonly TableRow[], note: string): void;
}

let tables = 0;

/** An empty table. */
export function createDataTable(title: string): DataTable {
  tables += 1;
  const filter = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const copy = element('button', { type: 'button' }, 'Copy as CSV');
  const heading = element('h3', { id: `table-${tables}` }, title);
  const field = element('label', { class: 'field' }, 'Filter', filter);
  const controls = element('div', { class: 'controls' }, heading, field, copy);
  const note = element('p', { class: 'hint' });
  const holder = element('div', {
    class: 'scroll',
    role: 'region',
    'aria-labelledby': `table-${tables}`,
    tabindex: '0',
  });
  const root = element('div', { class: 'data-table' }, controls, note, holder);
  let shown: { columns: readonly TableColumn[]; rows: readonly TableRow[] } = { columns: [], rows: [] };
  let order: Order = { column: -1, isDescending: false };
  const draw = (): void => {
    const rows = arranged(shown.rows, filter.value, order);
    holder.replaceChildren(
      tableElement(shown.columns, rows, order, (column) => {
        order = nextOrder(order, column, shown.columns[column]?.isNumber === true);
        draw();
        holder.querySelectorAll<HTMLElement>('thead button')[buttonNumber(shown.columns, column)]?.focus();
      }),
    );
  };
  filter.addEventListener('input', draw);
  copy.addEventListener('click', () => {
    void copyText(csvOf(shown.columns, arranged(shown.rows, filter.value, order)), copy);
  });
  return {
    root,
    controls,
    show: (columns, rows, text) => {
      shown = { columns, rows };
      note.textContent = text;
      root.hidden = rows.length === 0;
      field.hidden = rows.length < 4;
      draw();
    },
  };
}

interface Order {
  /** -1: as given. */
  readonly column: number;
  readonly isDescending: boolean;
}

/** Numbers begin with the largest, names with A. */
function nextOrder(order: Order, column: number, isNumber: boolean): Order {
  if (order.column !== column) return { column, isDescending: isNumber };
  return { column, isDescending: !order.isDescending };
}

function buttonNumber(columns: readonly TableColumn[], column: number): number {
  return columns.slice(0, column).filter(({ isDrawing }) => isDrawing !== true).length;
}

function arranged(rows: readonly TableRow[], filter: string, { column, isDescending }: Order): TableRow[] {
  const wanted = filter.trim().toLowerCase();
  const kept = rows.filter(
    ({ cells, isTotal }) =>
      isTotal === true || cells.some(({ value }) => typeof value === 'string' && value.toLowerCase().includes(wanted)),
  );
  if (column < 0) return kept;
  return kept.toSorted((a, b) => {
    if ((a.isTotal ?? false) !== (b.isTotal ?? false)) return a.isTotal === true ? -1 : 1;
    return compare(a.cells[column]?.value, b.cells[column]?.value, isDescending);
  });
}

/** What was not measured comes last in both orders. */
function compare(a: string | number | undefined, b: string | number | undefined, isDescending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return isDescending ? -order : order;
}

function tableElement(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  order: Order,
  sort: (column: number) => void,
): HTMLElement {
  const heads = columns.map((column, index) => headElement(column, index, order, sort));
  const groups = columns.some(({ group }) => group !== undefined) ? [groupRow(columns)] : [];
  const body = rows.map(({ cells, isTotal }) =>
    element(
      'tr',
      isTotal === true ? { class: 'total' } : {},
      ...cells.map((cell, index) => cellElement(cell, columns[index], index)),
    ),
  );
  return element(
    'table',
    {},
    element('thead', {}, ...groups, element('tr', {}, ...heads)),
    element('tbody', {}, ...body),
  );
}

function headElement(
  { title, isNumber, isDrawing }: TableColumn,
  index: number,
  order: Order,
  sort: (column: number) => void,
): HTMLElement {
  const sorted = order.column === index ? (order.isDescending ? 'descending' : 'ascending') : undefined;
  const head = element('th', { scope: 'col', class: isNumber ? 'n' : undefined, 'aria-sort': sorted });
  if (isDrawing === true) {
    head.append(title);
    return head;
  }
  const button = element('button', { type: 'button' }, title);
  button.addEventListener('click', () => {
    sort(index);
  });
  head.append(button);
  return head;
}

function groupRow(columns: readonly TableColumn[]): HTMLElement {
  const groups: { name: string | undefined; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.name === group) last.span += 1;
    else groups.push({ name: group, span: 1 });
  }
  const cells = groups.map(({ name, span }) =>
    name === undefined
      ? element('td', { colspan: String(span) })
      : element('th', { scope: 'colgroup', colspan: String(span), class: 'n' }, name),
  );
  return element('tr', { class: 'groups' }, ...cells);
}

function cellElement({ text, node, tone }: Cell, column: TableColumn | undefined, index: number): HTMLElement {
  if (index === 0) return element('th', { scope: 'row' }, nameElement(text));
  const content = node ?? (column?.isNumber === true ? text : nameElement(text));
  const classes = [...(column?.isNumber === true ? ['n'] : []), ...(tone === undefined ? [] : [tone])].join(' ');
  return element('td', { class: classes === '' ? undefined : classes }, content);
}
