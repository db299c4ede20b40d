import type { State } from './state.ts';
import { withinRun } from './state.ts';
import { cursorGroup, type Plot, type PlotOptions } from './uplot.ts';

/** The charts whose cursors move together. */
const GROUP = 'time';

/** The part of a chart's options that lets all charts of time share a cursor, and zoom together by dragging. */
export function timeCursor(state: State): Pick<PlotOptions, 'cursor'> {
  const reset = (): null => {
    state.change({ interval: state.whole });
    return null;
  };
  return {
    cursor: {
      x: true,
      y: false,
      points: { size: 6 },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => reset },
      sync: {
        key: cursorGroup(GROUP).key,
        scales: ['x', null],
        // The others follow the cursor; what is dragged is this chart's affair.
        filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave', sub: () => true },
      },
    },
  };
}

/** Zooms to what was dragged; a click alone changes nothing. */
export function zoomToSelection(plot: Plot, state: State): void {
  const { left, width } = plot.select;
  if (width < 5) return;
  const interval = { fromMs: plot.posToVal(left, 'x') * 1000, toMs: plot.posToVal(left + width, 'x') * 1000 };
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  state.change({ interval: withinRun(state, interval) });
}

const ZOOM = 0.5;

/**
 * Arrow keys move the cursor of all charts, + and - zoom, Escape shows everything.
 *
 * @param say is told the new place.
 */
export function keyboardCursor(
  target: HTMLElement,
  current: () => Plot | undefined,
  state: State,
  say: (index: number) => void,
): void {
  target.addEventListener('keydown', (event) => {
    const plot = current();
    if (plot === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = plot.cursor.idx ?? 0;
    const last = (plot.data[0]?.length ?? 1) - 2;
    const step = event.shiftKey ? 10 : 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: index - step,
      ArrowRight: index + step,
      Home: 0,
      End: last,
    };
    const wanted = moves[event.key];
    if (wanted !== undefined) {
      const next = Math.min(last, Math.max(0, wanted));
      moveAll(plot.data[0]?.[next] ?? 0);
      say(next);
    } else if (event.key === '+' || event.key === '=') zoom(plot, index, ZOOM, state);
    else if (event.key === '-') zoom(plot, index, 1 / ZOOM, state);
    else if (event.key === 'Escape') state.change({ interval: state.whole });
    else return;
    event.preventDefault();
  });
}

/** Where the keyboard put the cursor, seconds since the beginning of the run. */
let placed: number | undefined;

/** Puts the cursor back after a chart was drawn again. */
export function restoreCursor(plot: Plot): void {
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  if (placed !== undefined && placed >= (min ?? 0) && placed <= (max ?? 0)) {
    plot.setCursor({ left: plot.valToPos(placed, 'x'), top: 0 });
  }
}

/** Puts the cursors of all charts at a moment, in seconds. */
function moveAll(seconds: number): void {
  placed = seconds;
  for (const plot of cursorGroup(GROUP).plots) plot.setCursor({ left: plot.valToPos(seconds, 'x'), top: 0 });
}

function zoom(plot: Plot, index: number, factor: number, state: State): void {
  const { fromMs, toMs } = state.view().interval;
  const seconds = plot.cursor.idx === null ? placed : plot.data[0]?.[index];
  const centre = seconds === undefined ? (fromMs + toMs) / 2 : seconds * 1000;
  const half = ((toMs - fromMs) * factor) / 2;
  state.change({ interval: withinRun(state, { fromMs: centre - half, toMs: centre + half }) });
}
