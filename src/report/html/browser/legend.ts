import { drawing, element, nameElement } from './dom.ts';
import type { LaneSeries } from './lane.ts';
import { colour } from './theme.ts';

/** The legend of a chart; its entries are buttons that hide and show a line. */
export interface Legend {
  /** Shows the values at the cursor; undefined where there are none. */
  show(values: readonly (string | undefined)[]): void;
}

/** Fills `list` with one entry for each line. */
export function fillLegend(
  list: HTMLElement,
  series: readonly Pick<LaneSeries, 'name' | 'colour' | 'dash' | 'width'>[],
  hidden: ReadonlySet<string>,
  toggle: (name: string) => void,
): Legend {
  const values = series.map(() => element('span', { class: 'value' }));
  list.replaceChildren(
    ...series.map((line, index) => {
      const button = element(
        'button',
        { type: 'button', 'aria-pressed': String(!hidden.has(line.name)), title: 'Hide or show' },
        // A drawing is an element, too.
        swatch(line) as unknown as HTMLElement,
        nameElement(line.name),
        values[index],
      );
      button.addEventListener('click', () => {
        toggle(line.name);
      });
      return element('li', {}, button);
    }),
  );
  return {
    show: (texts) => {
      values.forEach((value, index) => {
        value.textContent = texts[index] ?? '';
      });
    },
  };
}

function swatch(line: Pick<LaneSeries, 'colour' | 'dash' | 'width'>): SVGElement {
  return drawing(
    'svg',
    { width: '20', height: '8', 'aria-hidden': 'true' },
    drawing('path', {
      d: 'M0 4h20',
      stroke: colour(line.colour),
      'stroke-width': String(Math.max(1.5, line.width ?? 1.25)),
      ...(line.dash === undefined ? {} : { 'stroke-dasharray': line.dash.join(' ') }),
    }),
  );
}
