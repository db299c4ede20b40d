import type { EvidenceSeries } from '../evidence.ts';
import { added, flowOf, levelOf, msOf, numberOf, type Signal } from './values.ts';

/** One statement of the database, per step. */
export interface StatementSignal {
  readonly id: string;
  /** '' if it is not known. */
  readonly text: string;
  /** Milliseconds in which it ran; waits for locks are among them. */
  readonly busyMs: Float64Array;
  readonly calls: Float64Array;
  readonly rows: Float64Array;
  /** Blocks of 8 kB that each call reads, mean; undefined: not known. */
  readonly blocksPerCall: number | undefined;
}

/** One table of the database, per step. */
export interface TableSignal {
  readonly name: string;
  /** Reads of all of it from one end to the other, once for each process that shares one, and the rows that were read so. */
  readonly scans: Float64Array;
  readonly scannedRows: Float64Array;
  /** Rows that there are, the most that was told; 0: not known. */
  readonly rows: number;
  /** Rows that changed since its statistics were made, a level. */
  readonly changedRows: Float64Array;
}

/** What is known of a database. */
export interface DatabaseSignals {
  /** What it is called; undefined: there is none, or nobody watched it. */
  readonly system: string | undefined;
  readonly statements: readonly StatementSignal[];
  readonly tables: readonly TableSignal[];
  /** Sessions that work, by what they wait for: `Lock`, `IO`, `CPU` (for nothing). */
  readonly waits: ReadonlyMap<string, Signal>;
  /** Sessions that hold a transaction open and do nothing. */
  readonly idleInTransaction: Signal | undefined;
}

/** Sorts the series of PostgreSQL, asked itself or by an exporter; of another database, and of none, nothing is known. */
export function databaseSignals(
  series: readonly EvidenceSeries[],
  texts: Readonly<Record<string, string>>,
  steps: number,
  stepMs: number,
): DatabaseSignals {
  // An exporter tells of the same tables once more.
  const isAsked = series.some(({ kind }) => kind === 'postgres');
  const known = isAsked ? series.filter(({ kind }) => kind !== 'prometheus') : series;
  const named = (metric: string): readonly EvidenceSeries[] => known.filter((each) => each.metric === metric);
  const waits = new Map<string, Signal>();
  for (const each of named('postgres.waits')) waits.set(each.labels.type ?? '', numberOf(each, steps));
  const idle = named('postgres.sessions').filter(({ labels }) => /^idle in transaction/.test(labels.state ?? ''));
  return {
    system: named('postgres.sessions')[0]?.system ?? named('postgres.waits')[0]?.system,
    statements: statementsOf(named, texts, steps, stepMs),
    tables: tablesOf(named, steps, stepMs),
    waits,
    idleInTransaction: added(idle.map((each) => numberOf(each, steps))),
  };
}

type Named = (metric: string) => readonly EvidenceSeries[];

function statementsOf(
  named: Named,
  texts: Readonly<Record<string, string>>,
  steps: number,
  stepMs: number,
): StatementSignal[] {
  const byId = (metric: string): ReadonlyMap<string, EvidenceSeries> =>
    new Map(named(metric).map((each) => [each.labels.statement ?? '', each]));
  const [calls, rows] = [byId('postgres.statement_calls'), byId('postgres.statement_rows')];
  const blocks = byId('postgres.statement_blocks');
  return named('postgres.statement_time').flatMap((time) => {
    const id = time.labels.statement ?? '';
    const callSeries = calls.get(id);
    if (callSeries === undefined) return [];
    const perStep = flowOf(callSeries, steps, stepMs / 1000).values;
    const rowSeries = rows.get(id);
    return [
      {
        id,
        text: texts[id] ?? '',
        busyMs: flowOf(time, steps, (msOf(time.unit.split('/')[0] ?? '') * stepMs) / 1000).values,
        calls: perStep,
        blocksPerCall: meanPerCall(blocks.get(id), perStep),
        rows: perStep.map((count, step) => count * (rowSeries?.values[step] ?? 0)),
      },
    ];
  });
}

/** Weighted by the calls of each step. */
function meanPerCall(series: EvidenceSeries | undefined, calls: Float64Array): number | undefined {
  let [sum, count] = [0, 0];
  series?.values.forEach((value, step) => {
    if (value === null) return;
    sum += value * (calls[step] ?? 0);
    count += calls[step] ?? 0;
  });
  return count > 0 ? sum / count : undefined;
}

function tablesOf(named: Named, steps: number, stepMs: number): TableSignal[] {
  const scanned = (metric: string): readonly EvidenceSeries[] =>
    named(metric).filter(({ labels }) => labels.by === 'scan');
  const flow = (all: readonly EvidenceSeries[], table: string): Float64Array => {
    const own = all.find(({ labels }) => labels.table === table);
    return own === undefined ? new Float64Array(steps) : flowOf(own, steps, stepMs / 1000).values;
  };
  const level = (metric: string, table: string): Float64Array => {
    const own = named(metric).find(({ labels }) => labels.table === table);
    return own === undefined ? new Float64Array(steps) : levelOf(own, steps).values;
  };
  return scanned('postgres.table_rows').map(({ labels: { table = '' } }) => ({
    name: table,
    scans: flow(scanned('postgres.table_reads'), table),
    scannedRows: flow(scanned('postgres.table_rows'), table),
    rows: Math.max(...level('postgres.table_live_rows', table)),
    changedRows: level('postgres.table_changed_rows', table),
  }));
}
