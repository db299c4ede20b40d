import { drawing } from './dom.ts';

const WIDTH = 96;
const HEIGHT = 20;

/** A line so small that only its shape counts; gaps stay gaps. */
export function sparkline(values: readonly (number | null)[]): SVGElement {
  const present = values.filter((value) => value !== null);
  const highest = present.reduce((a, b) => Math.max(a, b), 0) || 1;
  let path = '';
  let isOpen = false;
  values.forEach((value, index) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    const x = (index / Math.max(1, values.length - 1)) * (WIDTH - 2) + 1;
    const y = HEIGHT - 2 - (value / highest) * (HEIGHT - 4);
    path += `${isOpen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isOpen = true;
  });
  return drawing(
    'svg',
    { class: 'spark', width: String(WIDTH), height: String(HEIGHT), 'aria-hidden': 'true' },
    drawing('path', { d: path }),
  );
}
