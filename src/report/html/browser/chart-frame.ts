import { visibleText } from '../shared/visible-text.ts';
import { behindTable, type TableContent } from './behind-table.ts';
import { element } from './dom.ts';

/** What every chart stands in: its name and unit, a legend, the drawing, and the table behind it. */
export interface ChartFrame {
  readonly root: HTMLElement;
  readonly legend: HTMLElement;
  readonly plot: HTMLElement;
  setTitle(title: string, unit: string): void;
  /** What a reader by ear is told. */
  describe(text: string): void;
  /** To be called when the numbers changed; they are asked for only when the table is open. */
  setTable(content: () => TableContent): void;
}

let frames = 0;

/** An empty frame. */
export function createFrame(hint: string): ChartFrame {
  frames += 1;
  const id = `chart-${frames}`;
  const title = element('h3', { id });
  const legend = element('ul', { class: 'legend' });
  const description = element('p', { class: 'visually-hidden', id: `${id}-text` });
  const plot = element('div', {
    class: 'plot',
    tabindex: '0',
    role: 'group',
    'aria-roledescription': 'chart',
    'aria-labelledby': id,
    'aria-describedby': `${id}-text`,
    title: hint,
  });
  const table = behindTable();
  const root = element(
    'div',
    { class: 'lane' },
    element('div', { class: 'lane-head' }, title, legend),
    description,
    plot,
    table.root,
  );
  return {
    root,
    legend,
    plot,
    setTitle: (text, unit) => {
      title.replaceChildren(`${text} `, element('span', { class: 'unit' }, unit));
      table.setLabel(text);
    },
    describe: (text) => {
      description.textContent = visibleText(text);
    },
    setTable: table.setContent,
  };
}
