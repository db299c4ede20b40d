import type { SystemRecord, SystemSeries } from '../../../record/system/index.ts';
import type { Lane } from '../shared/report-data.ts';
import { LANE_KINDS, type LaneKind } from './system-lane-kinds.ts';
import { shownSeries } from './system-series-names.ts';

/** More lines than this in one chart tell nothing; the table below the lanes has all of them. */
const MAX_LINES = 6;

/** More points than any screen is wide. */
const MAX_POINTS = 1_500;

/**
 * What was seen of the system, as lanes: those that show a resource that runs out, system by system in the order of the test.
 * The largest lines of each. A lane whose values are all 0 is left out unless it is worth knowing that nothing waited.
 *
 * @param startMs beginning of the report's time, milliseconds since the epoch.
 */
export function systemLanes(record: SystemRecord | undefined, startMs: number): Lane[] {
  if (record === undefined) return [];
  const systems = [...new Set(record.series.map(({ system }) => system))];
  return systems.flatMap((system) =>
    LANE_KINDS.flatMap((kind) => laneOf(record, system, kind, Date.parse(record.startedAt) - startMs)),
  );
}

function laneOf(record: SystemRecord, system: string, kind: LaneKind, offsetMs: number): Lane[] {
  const own = record.series.filter((each) => each.system === system && fits(each, kind));
  const lines = own
    .map((series) => ({ series, mean: meanOf(series.values) }))
    .filter(({ mean }) => mean !== undefined && (mean !== 0 || kind.keepsZero === true))
    .toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0))
    .slice(0, MAX_LINES)
    .map(({ series }) => series);
  if (lines.length === 0) return [];
  const perPoint = Math.max(
    1,
    Math.ceil(lines.reduce((most, { values }) => Math.max(most, values.length), 0) / MAX_POINTS),
  );
  return [
    {
      id: `system ${system} ${kind.id}`,
      title: kind.title,
      unit: kind.unit,
      group: 'system',
      system,
      fromMs: offsetMs,
      stepMs: record.stepSeconds * 1000 * perPoint,
      series: shownSeries(lines, record.texts).map((name, index) => ({
        name,
        values: thinned(lines[index]?.values ?? [], perPoint).map((value) => scaled(value, lines[index], kind)),
      })),
    },
  ];
}

function fits(series: SystemSeries, { resource, aspect, scale }: LaneKind): boolean {
  return series.resource === resource && series.aspect === aspect && scale(series) !== undefined;
}

function scaled(value: number | null, series: SystemSeries | undefined, { scale }: LaneKind): number | null {
  const factor = series && scale(series);
  return value === null || factor === undefined ? null : Number((value * factor).toPrecision(5));
}

/** Undefined: it has no value. */
function meanOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0) / known.length;
}

function thinned(values: readonly (number | null)[], perPoint: number): (number | null)[] {
  if (perPoint === 1) return [...values];
  const points = Array.from({ length: Math.ceil(values.length / perPoint) }, (_, point) =>
    meanOf(values.slice(point * perPoint, (point + 1) * perPoint)),
  );
  return points.map((mean) => mean ?? null);
}
