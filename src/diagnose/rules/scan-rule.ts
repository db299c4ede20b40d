import { nonNegativeLeastSquares } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import { withPoolWait } from '../pool-wait.ts';
import { withProcessorWait } from '../processor-wait.ts';
import type { Scene } from '../scene.ts';
import { binned, demandsOf } from '../service-demand.ts';
import type { StatementSignal, TableSignal } from '../signals/database-signals.ts';
import { scansOf, type TableScans } from '../table-scans.ts';
import { ofLongRequests, sumOf, totalOf } from '../timeline.ts';
import { digits, percent, statementStart } from '../wording.ts';

/** A smaller table is read as fast from one end to the other as by an index. */
const MIN_ROWS_PER_SCAN = 1_000;

/** Of the rows that a scan goes through, what a statement may give back and still be one that an index would help. */
const MAX_RETURNED_SHARE = 0.05;

/** Scans per call of a statement from which it is taken to be the one that scans. */
const MIN_SCANS_PER_CALL = 0.5;

/** A block of 8 kB holds no more rows: whoever reads fewer blocks did not read all rows. */
const MOST_ROWS_PER_BLOCK = 291;

/** More rows than a process goes through in a millisecond (5,000 were seen, with a comparison): whoever is quicker did not read all of them. */
const MOST_ROWS_PER_MS = 50_000;

/** Of the blocks of a table, what a statement reads at least that reads all of it: some lie in the table's free space. */
const MOST_OF_IT = 0.9;

/** The same on average, of a statement for which the planner decides call by call. */
const PART_OF_IT = 0.3;

/** By what factor (its logarithm) the scans of statements may differ from those of the table, which is told a second later. */
const MAX_MISFIT = 0.7;

/** Of what a statement takes on average, how long a request takes at least that ran it. */
const MIN_PART_OF_MEAN = 0.5;

/** PostgreSQL tells of tables up to a second after it tells of statements. */
const STEPS_COMPARED = 4;

/** Of the rows of a table, how many may have changed since its statistics were made; PostgreSQL itself makes them again at 10 %. */
const STALE_SHARE = 0.2;

/** Statements that go through a whole table for a few rows: the index is missing, or the statistics mislead the planner. */
export function scanRule(scene: Scene): Candidate[] {
  return scene.database.tables.flatMap((table) => {
    const scans = scansOf(table);
    if (scans === undefined || scans.rowsPerCounted < MIN_ROWS_PER_SCAN) return [];
    const scanning = scanningStatements(scene, table, scans);
    return scanning.length === 0 ? [] : [candidate(scene, table, scans, scanning)];
  });
}

/** Those of the statements that read the whole table which could have done with an index. */
function scanningStatements(scene: Scene, table: TableSignal, scans: TableScans): StatementSignal[] {
  const isStale = changedShareOf(table, scans) >= STALE_SHARE;
  const readers = scene.database.statements.filter((each) => {
    return names(each.text, table.name) && totalOf(each.calls) > 0 && mayReadAll(each, scans);
  });
  const isAble = (each: StatementSignal): boolean => {
    // What sums a part of a table up reads all of it where the part is large; with statistics that are wrong, nobody knows that it is.
    return isSelective(each.text, isStale) && returnsFew(each, scans);
  };
  // That some calls of a statement scan is only believed where nothing simpler accounts for the scans.
  for (const least of [MOST_OF_IT, PART_OF_IT]) {
    const blocks = blocksOfTable(readers, scans, least);
    if (blocks !== undefined)
      return readers.filter((each) => isAble(each) && (each.blocksPerCall ?? 0) >= least * blocks);
  }
  return scanningByTime(scene, table, readers, isAble);
}

/** By the blocks that it reads, or, where nobody told of them, by the time that it takes. */
function mayReadAll({ blocksPerCall, busyMs, calls }: StatementSignal, { rowsPerCounted }: TableScans): boolean {
  if (blocksPerCall !== undefined) return blocksPerCall >= rowsPerCounted / MOST_ROWS_PER_BLOCK;
  return totalOf(busyMs) / totalOf(calls) >= rowsPerCounted / MOST_ROWS_PER_MS;
}

/**
 * How many blocks a scan reads: the number with which the statements that read as many, or a multiple of it, account for all scans. undefined:
 * nobody told how many blocks statements read, or no number fits.
 *
 * @param least what a statement reads of them on average to count; of one that reads less than all, that part of its calls are taken to be scans.
 */
function blocksOfTable(readers: readonly StatementSignal[], scans: TableScans, least: number): number | undefined {
  const known = readers.flatMap(({ blocksPerCall, calls }) => {
    return blocksPerCall === undefined ? [] : [{ blocks: blocksPerCall, calls: totalOf(calls) }];
  });
  const fits = known.map(({ blocks }) => {
    const accounted = known.reduce((sum, each) => {
      const share = each.blocks / blocks;
      if (share < least) return sum;
      return sum + each.calls * (share < MOST_OF_IT ? share : Math.max(1, Math.round(share)));
    }, 0);
    return { blocks, misfit: Math.abs(Math.log(accounted / scans.scansBy(accounted))) };
  });
  const [best] = fits.toSorted((a, b) => a.misfit - b.misfit);
  return best === undefined || best.misfit > MAX_MISFIT ? undefined : best.blocks;
}

/** The counts of tables and of statements do not come at the same moment, so they are compared over some seconds; and few columns are told apart better than many. */
function scanningByTime(
  { timeline }: Scene,
  table: TableSignal,
  readers: readonly StatementSignal[],
  isAble: (statement: StatementSignal) => boolean,
): StatementSignal[] {
  const selective = readers.filter(isAble);
  if (selective.length === 0) return [];
  const others = readers.filter((each) => !selective.includes(each));
  const bins = Math.max(1, Math.floor(timeline.steps / STEPS_COMPARED));
  const callsOf = (statements: readonly StatementSignal[]): Float64Array =>
    binned(
      sumOf(
        statements.map(({ calls }) => calls),
        timeline.steps,
      ),
      bins,
    );
  const [scansPerCall = 0] = nonNegativeLeastSquares(
    [callsOf(selective), callsOf(others)],
    binned(table.scans, bins),
  ).coefficients;
  return scansPerCall >= MIN_SCANS_PER_CALL ? selective : [];
}

/** Of its rows; of those that a process read would be too much where several share a scan. */
function changedShareOf({ changedRows }: TableSignal, { rows }: TableScans): number {
  return Math.max(...changedRows) / rows;
}

function names(text: string, table: string): boolean {
  const escaped = table.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return new RegExp(`(?:^|[^\\w$])"?${escaped}"?(?:$|[^\\w$])`, 'i').test(text);
}

function returnsFew({ rows, calls }: StatementSignal, scans: TableScans): boolean {
  const count = totalOf(calls);
  return totalOf(rows) / count <= MAX_RETURNED_SHARE * scans.rowsReadBy(count);
}

/** What sums a table up has to read it all. */
function isSelective(text: string, mayGroup: boolean): boolean {
  return /\bwhere\b/i.test(text) && (mayGroup || !/\bgroup\s+by\b/i.test(text));
}

function candidate(
  scene: Scene,
  table: TableSignal,
  scans: TableScans,
  scanning: readonly StatementSignal[],
): Candidate {
  const { timeline } = scene;
  const work = sumOf(
    scanning.map(({ busyMs }) => busyMs),
    timeline.steps,
  );
  const { lost, heldShare } = withPoolWait(scene, work);
  const sorted = scanning.toSorted((a, b) => totalOf(b.busyMs) - totalOf(a.busyMs));
  const [first] = sorted;
  const text = first?.text ?? '';
  const calls = scanning.reduce((sum, each) => sum + totalOf(each.calls), 0);
  const rows = scanning.reduce((sum, each) => sum + totalOf(each.rows), 0) / Math.max(1, calls);
  const made = scans.scansBy(calls);
  const changedShare = changedShareOf(table, scans);
  const isStale = changedShare >= STALE_SHARE;
  const { demands } = demandsOf(
    sumOf(
      scanning.map((each) => each.calls),
      timeline.steps,
    ),
    ofLongRequests(scene.evidence.requests, timeline, (MIN_PART_OF_MEAN * totalOf(work)) / Math.max(1, calls)),
  );
  const culprit = (demands[0]?.share ?? 0) >= 0.5 ? demands[0]?.endpoint : undefined;
  return {
    cause: isStale ? 'stale statistics' : 'missing index',
    title: isStale
      ? `Outdated statistics make the database read all of ${table.name}`
      : `The database reads all of ${table.name} for a few rows`,
    ...ofRequestTime(withProcessorWait(scene, work, lost), timeline),
    certainty: isStale ? 'likely' : 'sure',
    culprit,
    subject: table.name,
    details: { kind: 'table', table: table.name, statements: sorted.map(({ text: own }) => own) },
    heldShare,
    explains: ['pool too small', 'at capacity', 'storage'],
    seen: [
      {
        text: `${digits(made)} scans of ${table.name} went through ${digits(totalOf(table.scannedRows) / made)} rows each; ${digits(rows)} rows were wanted`,
        lane: 'postgres.table_rows',
      },
      {
        text: `${digits(totalOf(work) / Math.max(1, calls))} ms each time: ${statementStart(text)}`,
        lane: 'postgres.statement_mean',
      },
      ...(isStale
        ? [
            {
              text: `${percent(changedShare)} of its rows changed since its statistics were made`,
              lane: 'postgres.table_changed_rows',
            },
          ]
        : []),
    ],
  };
}
