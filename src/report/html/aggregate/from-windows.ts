import type { RunRecord } from '../../../record/index.ts';
import { decodeSketch, type Sketch, summarise } from '../../../stats/index.ts';
import type { FaultKind, Figures, Group, GroupFault, Quantiles, ScopeFigures } from '../shared/report-data.ts';
import { windowAxis } from './axis.ts';
import type { RequestData } from './from-samples.ts';
import { sketchCells } from './sketch-cells.ts';

const PREFIX = 'plugins.metrics-by-endpoint.';
const TIME = `${PREFIX}response_time.`;
const COUNTED = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.(?:codes\.(?<code>\d+)|errors\.(?<error>[^.]+))$/;

type Span = Pick<RunRecord['metrics'], 'counters' | 'histograms'>;

/**
 * What can be said about requests from Artillery's own measurements: ten-second windows by endpoint, as the plugin
 * metrics-by-endpoint counts them, and times to the first byte. Without that plugin everything is one endpoint.
 */
export function fromWindows(record: RunRecord): RequestData {
  const axis = windowAxis(record);
  const endpoints = endpointsOf(record);
  const kinds = kindsOf(record, endpoints);
  const bins = binsOf(record, axis.startMs, axis.binMs, axis.bins);
  return {
    source: 'windows',
    ...axis,
    endpoints,
    journeys: [],
    faultKinds: kinds,
    groups: endpoints.map((endpoint, index) => groupOf(endpoint, index, bins, kinds)),
    inFlight: undefined,
    lateness: undefined,
    exact: [
      scopeOf(record.metrics, endpoints, 0, axis.bins * axis.binMs),
      ...record.phases.map(({ metrics }, index) =>
        scopeOf(metrics, endpoints, axis.phases[index]?.fromMs ?? 0, axis.phases[index]?.toMs ?? 0),
      ),
    ],
    examples: [],
  };
}

/** The one endpoint of a run without metrics-by-endpoint. */
const ALL = 'All requests';

function endpointsOf({ metrics }: RunRecord): string[] {
  const timed = Object.keys(metrics.histograms).flatMap((name) =>
    name.startsWith(TIME) ? [name.slice(TIME.length)] : [],
  );
  const counted = Object.keys(metrics.counters).flatMap((name) => COUNTED.exec(name)?.groups?.endpoint ?? []);
  const names = [...new Set([...timed, ...counted])].toSorted((a, b) => (a < b ? -1 : 1));
  return names.length === 0 && (metrics.counters['http.requests'] ?? 0) > 0 ? [ALL] : names;
}

/** The window of each bin; windows in which nothing happened are not recorded. */
function binsOf({ windows }: RunRecord, startMs: number, binMs: number, bins: number): (Span | undefined)[] {
  const spans: (Span | undefined)[] = Array.from({ length: bins });
  for (const window of windows) spans[Math.round((Date.parse(window.startedAt) - startMs) / binMs)] = window;
  return spans;
}

interface Tally {
  readonly answers: number;
  /** Fault by its name: statuses from 400 on and errors. */
  readonly faults: Readonly<Record<string, number>>;
  readonly failed: number;
}

function tallyOf({ counters }: Pick<Span, 'counters'>, endpoint: string): Tally {
  let [answers, failed] = [0, 0];
  const faults: Record<string, number> = {};
  for (const [name, count] of Object.entries(counters)) {
    const found = faultOf(name, endpoint);
    if (found === undefined || count === 0) continue;
    if (found.code === undefined) failed += count;
    else answers += count;
    if (found.code === undefined || Number(found.code) >= 400) {
      const fault = found.code ?? found.error;
      faults[fault] = (faults[fault] ?? 0) + count;
    }
  }
  return { answers, faults, failed };
}

type Found = { readonly code: string; readonly error?: never } | { readonly code?: never; readonly error: string };

function faultOf(name: string, endpoint: string): Found | undefined {
  if (endpoint === ALL) {
    if (name.startsWith('http.codes.')) return { code: name.slice('http.codes.'.length) };
    // Errors of checks and hooks are texts; those of connections are codes.
    return /^errors\.E[A-Z_]+$/.test(name) ? { error: name.slice('errors.'.length) } : undefined;
  }
  const groups = COUNTED.exec(name)?.groups;
  if (groups?.endpoint !== endpoint) return undefined;
  return groups.code === undefined ? { error: groups.error ?? 'unknown' } : { code: groups.code };
}

function kindsOf({ metrics }: RunRecord, endpoints: readonly string[]): FaultKind[] {
  const names = new Set(endpoints.flatMap((endpoint) => Object.keys(tallyOf(metrics, endpoint).faults)));
  return [...names].map((name) => ({ name, isError: !/^4\d\d$/.test(name) }));
}

function groupOf(
  endpoint: string,
  index: number,
  bins: readonly (Span | undefined)[],
  kinds: readonly FaultKind[],
): Group {
  const tallies = bins.map((span) => (span === undefined ? undefined : tallyOf(span, endpoint)));
  return {
    endpoint: index,
    journey: -1,
    requests: Uint32Array.from(tallies, (tally) => (tally === undefined ? 0 : tally.answers + tally.failed)),
    answers: Uint32Array.from(tallies, (tally) => tally?.answers ?? 0),
    bytesDown: endpoint === ALL ? bytesOf(bins) : undefined,
    bytesUp: undefined,
    satisfied: undefined,
    tolerated: undefined,
    response: undefined,
    firstByte: sketchCells(bins.map((span) => span && sketchOf(span, endpoint))),
    faults: kinds.flatMap(({ name }, kind) =>
      sparse(
        kind,
        tallies.map((tally) => tally?.faults[name] ?? 0),
      ),
    ),
  };
}

function bytesOf(bins: readonly (Span | undefined)[]): Uint32Array {
  return Uint32Array.from(bins, (span) => span?.counters['http.downloaded_bytes'] ?? 0);
}

function sketchOf({ histograms }: Span, endpoint: string): Sketch | undefined {
  const encoded = histograms[endpoint === ALL ? 'http.response_time' : `${TIME}${endpoint}`];
  return encoded === undefined ? undefined : decodeSketch(encoded);
}

function sparse(kind: number, counts: readonly number[]): GroupFault[] {
  const used = counts.flatMap((count, bin) => (count > 0 ? [{ bin, count }] : []));
  if (used.length === 0) return [];
  const [bins, numbers] = [used.map(({ bin }) => bin), used.map(({ count }) => count)];
  return [{ kind, bins: Int32Array.from(bins), counts: Uint32Array.from(numbers) }];
}

function scopeOf(
  metrics: RunRecord['metrics'] | RunRecord['phases'][number]['metrics'],
  endpoints: readonly string[],
  fromMs: number,
  toMs: number,
): ScopeFigures {
  const rows = endpoints.map((endpoint, index) => [`endpoint:${index}`, figuresOf(metrics, endpoint)] as const);
  const figures = rows.map(([, each]) => each);
  const sum = (pick: (each: Figures) => number): number => figures.reduce((total, each) => total + pick(each), 0);
  const all: Figures = {
    requests: sum((each) => each.requests),
    answers: sum((each) => each.answers),
    errors: sum((each) => each.errors),
    refused: sum((each) => each.refused),
    bytesDown: metrics.counters['http.downloaded_bytes'],
    firstByte: quantilesOf(sketchOf(metrics, ALL)),
  };
  return { fromMs, toMs, rows: Object.fromEntries([['all', all], ...rows]) };
}

function figuresOf(metrics: Span, endpoint: string): Figures {
  const { answers, failed, faults } = tallyOf(metrics, endpoint);
  const statuses = Object.entries(faults).filter(([name]) => /^\d/.test(name));
  const countOf = (first: string): number =>
    statuses.filter(([name]) => name.startsWith(first)).reduce((total, [, count]) => total + count, 0);
  return {
    requests: answers + failed,
    answers,
    errors: failed + countOf('5'),
    refused: countOf('4'),
    bytesDown: endpoint === ALL ? metrics.counters['http.downloaded_bytes'] : undefined,
    firstByte: quantilesOf(sketchOf(metrics, endpoint)),
  };
}

function quantilesOf(sketch: Sketch | undefined): Quantiles | undefined {
  return sketch && summarise(sketch);
}
