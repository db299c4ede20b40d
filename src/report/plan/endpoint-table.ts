import type { Plan, PlannedEndpoint } from '../../workload/plan/index.ts';
import type { Column } from '../text-table.ts';
import { oneLine, sayAbout } from './wording.ts';

/** A table as texts, for any medium. */
export interface TextTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const SOURCES = { yaml: 'the YAML', measured: 'a run', assumed: 'assumed' } as const;

/** The expected requests by endpoint. Bounds are shown only if something is not known. */
export function plannedEndpointTable({ endpoints }: Plan): TextTable {
  const hasBounds = endpoints.some(({ low, high }) => low !== high);
  const bounds: readonly Column[] = hasBounds
    ? [
        { title: 'At least', align: 'right' },
        { title: 'At most', align: 'right' },
      ]
    : [];
  return {
    columns: [
      { title: 'Request', align: 'left' },
      { title: 'Expected', align: 'right' },
      ...bounds,
      { title: 'Known from', align: 'left' },
    ],
    rows: endpoints.map((endpoint) => [
      oneLine(endpoint.endpoint),
      sayAbout(endpoint.expected),
      ...(hasBounds ? boundsOf(endpoint) : []),
      SOURCES[endpoint.source],
    ]),
  };
}

function boundsOf({ low, high }: PlannedEndpoint): string[] {
  if (low === high) return ['', ''];
  return [sayAbout(low), high === Infinity ? 'no limit' : sayAbout(high)];
}
