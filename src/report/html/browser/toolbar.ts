import { formatDuration } from '../../number-format.ts';
import { elapsed } from '../shared/elapsed.ts';
import type { Selection } from '../shared/select.ts';
import { element } from './dom.ts';
import type { State } from './state.ts';

/** What is looked at: which requests, which time, which part of the run. It stays in sight. */
export function toolbar(state: State): HTMLElement {
  const requests = requestSelect(state);
  const measure = measureSelect(state);
  const interval = intervalSelect(state);
  const readout = element('p', { class: 'readout' });
  const reset = element('button', { type: 'button' }, 'Whole run');
  reset.addEventListener('click', () => {
    state.change({ interval: state.whole });
  });
  const update = (): void => {
    const { fromMs, toMs } = state.view().interval;
    readout.textContent = `${elapsed(fromMs)} to ${elapsed(toMs)}, ${formatDuration(toMs - fromMs)}`;
    reset.disabled = state.view().interval === state.whole;
  };
  update();
  state.onChange(update);
  return element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'What is shown' },
    requests,
    measure,
    interval,
    reset,
    readout,
  );
}

function requestSelect(state: State): HTMLElement {
  const selections: Selection[] = [
    { kind: 'all' },
    ...union(state, ({ endpoints }) => endpoints).map((name): Selection => ({ kind: 'endpoint', name })),
    ...union(state, ({ journeys }) => journeys).map((name): Selection => ({ kind: 'journey', name })),
  ];
  const option = (selection: Selection, index: number): HTMLElement | undefined =>
    selection.kind === 'all' ? undefined : element('option', { value: String(index) }, selection.name);
  const group = (kind: Selection['kind'], label: string): HTMLElement | undefined => {
    const options = selections.map((selection, index) =>
      selection.kind === kind ? option(selection, index) : undefined,
    );
    return options.some((each) => each !== undefined) ? element('optgroup', { label }, ...options) : undefined;
  };
  const select = element(
    'select',
    {},
    element('option', { value: '0' }, 'All'),
    group('endpoint', 'Endpoints'),
    group('journey', 'Journeys'),
  );
  select.addEventListener('change', () => {
    state.change({ selection: selections[Number(select.value)] ?? { kind: 'all' } });
  });
  state.onChange(() => {
    const { selection } = state.view();
    select.value = String(selections.findIndex((each) => isSame(each, selection)));
  });
  return element('label', {}, 'Requests', select);
}

function union(state: State, pick: (run: State['runs'][number]) => readonly string[]): string[] {
  return [...new Set(state.runs.flatMap(pick))];
}

function isSame(a: Selection, b: Selection): boolean {
  return a.kind === b.kind && (a.kind === 'all' || b.kind === 'all' || a.name === b.name);
}

function measureSelect(state: State): HTMLElement | undefined {
  if (!state.runs.some(({ source }) => source === 'samples')) return undefined;
  const select = element(
    'select',
    {},
    element('option', { value: 'response' }, 'Response time (due to last byte)'),
    element('option', { value: 'firstByte' }, 'Time to first byte'),
  );
  select.addEventListener('change', () => {
    state.change({ measure: select.value === 'firstByte' ? 'firstByte' : 'response' });
  });
  state.onChange(() => {
    select.value = state.view().measure;
  });
  return element('label', {}, 'Time', select);
}

function intervalSelect(state: State): HTMLElement | undefined {
  const phases = state.runs.at(-1)?.phases ?? [];
  if (phases.length === 0) return undefined;
  const zoomed = element('option', { value: 'zoomed', disabled: '' }, 'Zoomed interval');
  const select = element(
    'select',
    {},
    element('option', { value: 'whole' }, 'Whole run'),
    ...phases.map(({ name }, index) => element('option', { value: String(index) }, `${index + 1}. ${name}`)),
    zoomed,
  );
  select.addEventListener('change', () => {
    const phase = phases[Number(select.value)];
    state.change({ interval: phase === undefined ? state.whole : { fromMs: phase.fromMs, toMs: phase.toMs } });
  });
  state.onChange(() => {
    const { interval } = state.view();
    const phase = phases.findIndex(({ fromMs, toMs }) => fromMs === interval.fromMs && toMs === interval.toMs);
    select.value = interval === state.whole ? 'whole' : phase >= 0 ? String(phase) : 'zoomed';
  });
  return element('label', {}, 'Part of the run', select);
}
