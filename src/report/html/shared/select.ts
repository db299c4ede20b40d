import type { Group, ReportData } from './report-data.ts';

/** Which requests a reader looks at. Names, not numbers: two runs number them differently. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'endpoint'; readonly name: string }
  | { readonly kind: 'journey'; readonly name: string };

/** The groups that belong to a selection; none if the run does not know the name. */
export function selectGroups({ groups, endpoints, journeys }: ReportData, selection: Selection): readonly Group[] {
  switch (selection.kind) {
    case 'all':
      return groups;
    case 'endpoint':
      return groups.filter(({ endpoint }) => endpoints[endpoint] === selection.name);
    case 'journey':
      return groups.filter(({ journey }) => journeys[journey] === selection.name);
  }
}

/** How a selection is called in the exact figures of a run. */
export function rowKey({ endpoints, journeys }: ReportData, selection: Selection): string {
  if (selection.kind === 'all') return 'all';
  const names = selection.kind === 'endpoint' ? endpoints : journeys;
  return `${selection.kind}:${names.indexOf(selection.name)}`;
}

/** What a selection is called. */
export function selectionLabel(selection: Selection): string {
  return selection.kind === 'all' ? 'All requests' : selection.name;
}
