/** The colours of the style sheet, by which charts are drawn too. */
export type Colour =
  | 'ground'
  | 'ink'
  | 'muted'
  | 'line'
  | 'edge'
  | 'accent'
  | 'good'
  | 'bad'
  | 'warn'
  | 'blue'
  | 'teal'
  | 'orange'
  | 'purple'
  | 'pink'
  | 'grey'
  | 'shade'
  | 'heat-from'
  | 'heat-to';

/** The colour as it is now: it depends on light and dark. */
export function colour(name: Colour): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Series that have no colour of their own, apart in hue and in brightness for every kind of colour vision. */
export const SERIES_COLOURS: readonly Colour[] = ['blue', 'orange', 'teal', 'purple', 'pink', 'grey'];

/** Red, green and blue of a `#rrggbb`. */
export function rgbOf(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Tells when the reader's system goes from light to dark or back, and when the page goes to paper, which is light. */
export function onThemeChange(redraw: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('beforeprint', () => {
    document.documentElement.setAttribute('data-paper', '');
    redraw();
  });
  addEventListener('afterprint', () => {
    document.documentElement.removeAttribute('data-paper');
    redraw();
  });
}
