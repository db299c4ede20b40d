import type { Focus } from '../shared/focus.ts';
import { type State, withinRun } from './state.ts';

/** Lets the links of the table of thresholds lead to the chart that shows them, set to what the threshold is about. */
export function followFocusLinks(state: State, chartOf: (focus: Focus) => HTMLElement | undefined): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-focus]')) {
    link.addEventListener('click', (event) => {
      // The page and its links are written together.
      const focus = JSON.parse(link.dataset.focus ?? '{}') as Focus;
      const target = chartOf(focus);
      if (target === undefined) return;
      event.preventDefault();
      const isWhole = focus.interval.fromMs <= state.whole.fromMs && focus.interval.toMs >= state.whole.toMs;
      state.change({
        selection: focus.selection,
        ...(focus.measure === undefined ? {} : { measure: focus.measure }),
        interval: isWhole ? state.whole : withinRun(state, focus.interval),
      });
      target.scrollIntoView({ block: 'center' });
      target.querySelector<HTMLElement>('.plot')?.focus({ preventScroll: true });
    });
  }
}
