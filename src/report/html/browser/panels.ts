import type { State } from './state.ts';
import { onThemeChange } from './theme.ts';

/** A part of the page that is drawn again when the view changes. */
export interface Panel {
  readonly root: HTMLElement;
  update(): void;
}

/** How far outside the window a panel is drawn already. */
const AHEAD = '400px';

/**
 * Keeps panels up to date: at once where they can be seen or nearly, the others as soon as the browser has time, and all of
 * them before printing.
 */
export function keepUpToDate(panels: readonly Panel[], state: State): void {
  const stale = new Set(panels);
  const near = new Set<Panel>();
  const byRoot = new Map(panels.map((panel) => [panel.root as Element, panel]));
  const refresh = (panel: Panel): void => {
    if (stale.delete(panel)) panel.update();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const panel = byRoot.get(target);
        if (panel === undefined) continue;
        if (isIntersecting) near.add(panel);
        else near.delete(panel);
        if (isIntersecting) refresh(panel);
      }
    },
    { rootMargin: AHEAD },
  );
  const refreshWhenIdle = (): void => {
    requestIdle(() => {
      const [panel] = stale;
      // For whoever prints or photographs the page.
      document.body.dataset.drawn = String(panel === undefined);
      if (panel === undefined) return;
      refresh(panel);
      refreshWhenIdle();
    });
  };
  const redrawAll = (isEverything: boolean) => (): void => {
    document.body.dataset.drawn = 'false';
    for (const panel of panels) stale.add(panel);
    for (const panel of isEverything ? panels : near) refresh(panel);
    refreshWhenIdle();
  };
  for (const panel of panels) observer.observe(panel.root);
  refreshWhenIdle();
  state.onChange(redrawAll(false));
  onThemeChange(redrawAll(true));
  onResize(redrawAll(false));
}

function requestIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work, 20);
}

function onResize(redraw: () => void): void {
  let width = innerWidth;
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('resize', () => {
    // On a telephone scrolling changes the height; that is no reason to draw.
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(timer);
    timer = setTimeout(redraw, 100);
  });
}
