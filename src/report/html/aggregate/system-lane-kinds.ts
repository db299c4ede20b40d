import type { SystemSeries } from '../../../record/system/index.ts';

/** A kind of lane of the system under test: which series it shows, and in which unit. */
export interface LaneKind {
  readonly id: string;
  readonly title: string;
  /** Of the lane; `scale` brings the series there. */
  readonly unit: string;
  readonly resource: string;
  readonly aspect: string;
  /** Factor from the unit of a series to that of the lane; undefined: it does not belong there. */
  readonly scale: (series: SystemSeries) => number | undefined;
  /** Whether it is shown also where everything is 0: that nothing waited is an answer. */
  readonly keepsZero?: boolean;
}

const PER_MB = 1 / (1024 * 1024);

const bytes = units({ bytes: PER_MB });
const times = units({ s: 1000, ms: 1 });
const plain = units({ '': 1 });
const rates = units({ '1/s': 1 });
const cores = units({ cores: 1, 's/s': 1 });
const perCent = units({ '%': 1 });

/** In the order of the report: what runs out first comes first. */
export const LANE_KINDS: readonly LaneKind[] = [
  kind('Processor', 'cores', 'processor', 'utilisation', cores),
  kind('Processor of the machine', '%', 'processor', 'utilisation', perCent),
  kind('Threads that run or could run', 'threads', 'machine', 'saturation', plain),
  kind('Time in which something stood still for want of', '%', 'machine', 'duration', perCent),
  kind('Taken by the hypervisor', '%', 'machine', 'errors', perCent),
  kind('Memory', 'MB', 'memory', 'size', bytes),
  kind('Event loop: busy', '%', 'event loop', 'utilisation', (series) => plain(series) && 100),
  kind('Event loop: late', 'ms', 'event loop', 'saturation', times),
  kind('Garbage collection: length of a pause', 'ms', 'garbage collection', 'duration', times),
  { ...kind('Pool: connections', 'connections', 'pool', 'utilisation', plain), keepsZero: true },
  { ...kind('Pool: callers that wait', 'callers', 'pool', 'saturation', plain), keepsZero: true },
  kind('Pool: wait for a connection', 'ms', 'pool', 'duration', times),
  kind('Connections used', '%', 'connections', 'utilisation', perCent),
  kind('Clients', 'clients', 'connections', 'utilisation', plain),
  kind('Sessions by what they do', 'sessions', 'connections', 'size', plain),
  kind('What working sessions wait for', 'sessions', 'waits', 'saturation', plain),
  { ...kind('Locks that somebody waits for', 'locks', 'locks', 'saturation', plain), keepsZero: true },
  kind('Cache: hit ratio', '%', 'cache', 'utilisation', perCent),
  kind('Cache: look-ups', '1/s', 'cache', 'rate', rates),
  { ...kind('Queue: what waits', 'jobs', 'queue', 'size', plain), keepsZero: true },
  kind('Queue: age of what waits', 'ms', 'queue', 'duration', times),
  kind('Statements: time that they take', 'cores', 'statement', 'utilisation', cores),
  kind('Statements: each time', 'ms', 'statement', 'duration', times),
  kind('Rows read by going through whole tables', '1/s', 'table', 'rate', rates),
  kind('Longest transaction', 'ms', 'transactions', 'duration', times),
  kind('Bytes to and from disk', 'MB/s', 'disk', 'rate', units({ 'bytes/s': PER_MB })),
  kind('Requests', '1/s', 'requests', 'rate', rates),
  kind('Requests: in the making', 'requests', 'requests', 'saturation', plain),
  kind('Requests: time that they take, mean', 'ms', 'requests', 'duration', times),
];

function kind(title: string, unit: string, resource: string, aspect: string, scale: LaneKind['scale']): LaneKind {
  return { id: `${resource} ${aspect} ${unit}`, title, unit, resource, aspect, scale };
}

function units(factors: Readonly<Record<string, number>>): LaneKind['scale'] {
  return ({ unit }) => factors[unit];
}
