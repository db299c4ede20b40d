import { selectionLabel } from '../shared/select.ts';
import type { View } from './state.ts';

/** How the time that is looked at is called. */
export function timeName({ measure }: View): string {
  return measure === 'response' ? 'Response time' : 'Time to first byte';
}

/** The addition to a title when only some requests are looked at. */
export function ofSelection({ selection }: View): string {
  return selection.kind === 'all' ? '' : ` of “${selectionLabel(selection)}”`;
}
