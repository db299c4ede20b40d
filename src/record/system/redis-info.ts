import type { Meaning, Reading } from './reading.ts';

/** `INFO` of Redis as a map; section titles and lines of another form are left out. */
export function parseRedisInfo(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

interface Row {
  readonly field: string;
  readonly metric: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'counter';
  readonly meaning?: Meaning;
}

const ROWS: readonly Row[] = [
  row('used_memory', 'redis.memory', 'bytes', 'gauge', { resource: 'memory', aspect: 'size' }),
  row('used_memory_rss', 'redis.memory_resident', 'bytes', 'gauge', { resource: 'memory', aspect: 'size' }),
  row('connected_clients', 'redis.clients', '', 'gauge', { resource: 'connections', aspect: 'utilisation' }),
  row('blocked_clients', 'redis.clients_blocked', '', 'gauge', { resource: 'connections', aspect: 'saturation' }),
  row('rejected_connections', 'redis.connections_refused', '1/s', 'counter', {
    resource: 'connections',
    aspect: 'errors',
  }),
  row('total_commands_processed', 'redis.commands', '1/s', 'counter', { resource: 'requests', aspect: 'rate' }),
  row('evicted_keys', 'redis.keys_evicted', '1/s', 'counter', { resource: 'cache', aspect: 'errors' }),
  row('expired_keys', 'redis.keys_expired', '1/s', 'counter', { resource: 'cache', aspect: 'rate' }),
  row('keyspace_misses', 'redis.misses', '1/s', 'counter', { resource: 'cache', aspect: 'rate' }),
  row('keyspace_hits', 'redis.hits', '1/s', 'counter', { resource: 'cache', aspect: 'rate' }),
  row('total_net_input_bytes', 'redis.bytes_in', 'bytes/s', 'counter'),
  row('total_net_output_bytes', 'redis.bytes_out', 'bytes/s', 'counter'),
];

function row(field: string, metric: string, unit: string, kind: Row['kind'], meaning?: Meaning): Row {
  return { field, metric, unit, kind, ...(meaning && { meaning }) };
}

/** What `INFO` tells. A field that this version of Redis does not have gives no reading. */
export function redisReadings(text: string): Reading[] {
  const fields = parseRedisInfo(text);
  const number = (field: string): number | undefined => {
    const value = Number(fields.get(field) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const plain = ROWS.flatMap(({ field, ...rest }): Reading[] => {
    const value = number(field);
    return value === undefined ? [] : [{ ...rest, labels: {}, value }];
  });
  return [...plain, ...processorTime(number), ...hitRatio(number), ...keyCounts(fields)];
}

type Lookup = (field: string) => number | undefined;

function processorTime(number: Lookup): Reading[] {
  const [user, system] = [number('used_cpu_user'), number('used_cpu_sys')];
  if (user === undefined || system === undefined) return [];
  const meaning: Meaning = { resource: 'processor', aspect: 'utilisation' };
  return [{ metric: 'redis.cpu', labels: {}, unit: 'cores', kind: 'counter', value: user + system, meaning }];
}

function hitRatio(number: Lookup): Reading[] {
  const [hits, misses] = [number('keyspace_hits'), number('keyspace_misses')];
  if (hits === undefined || misses === undefined) return [];
  const meaning: Meaning = { resource: 'cache', aspect: 'utilisation' };
  const counters = { part: hits, whole: hits + misses, scale: 100 };
  return [{ metric: 'redis.hit_ratio', labels: {}, unit: '%', kind: 'ratio', ...counters, meaning }];
}

/** `db0:keys=3,expires=3,avg_ttl=9000` */
function keyCounts(fields: ReadonlyMap<string, string>): Reading[] {
  return [...fields].flatMap(([field, value]): Reading[] => {
    const keys = /^db\d+$/.test(field) ? /keys=(\d+)/.exec(value)?.[1] : undefined;
    if (keys === undefined) return [];
    const meaning: Meaning = { resource: 'cache', aspect: 'size' };
    return [{ metric: 'redis.keys', labels: { db: field }, unit: '', kind: 'gauge', value: Number(keys), meaning }];
  });
}
