import type { LimitLine, ReportData } from '../shared/report-data.ts';
import type { Selection } from '../shared/select.ts';
import type { View } from './state.ts';

/** The limits on the time of the requests that are looked at. */
export function timeLimits(run: ReportData, { selection, measure }: View): LimitLine[] {
  return run.limits.filter(
    ({ target }) => target.kind === 'time' && target.measure === measure && isAbout(target, selection),
  );
}

/** Whether a limit is about the requests that are looked at. */
export function isAbout({ endpoint }: { readonly endpoint: string | undefined }, selection: Selection): boolean {
  if (selection.kind === 'journey') return false;
  return endpoint === (selection.kind === 'endpoint' ? selection.name : undefined);
}
