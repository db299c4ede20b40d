import type { Aspect, Figure, Labels, Meaning, Resource } from './reading.ts';

interface Known {
  readonly name: RegExp;
  readonly figure: Figure;
  readonly resource: Resource;
  readonly aspect: Aspect;
  /** Only where the labels say so. */
  readonly labels?: (labels: Labels) => boolean;
}

/**
 * What metrics of Prometheus mean, by the names that client libraries and exporters give them, and by the words that people use
 * in names of their own: a pool, a queue, a cache. The first that fits counts.
 */
const KNOWN: readonly Known[] = [
  { name: /^process_cpu_seconds_total$/, figure: 'rate', resource: 'processor', aspect: 'utilisation' },
  { name: /^process_resident_memory_bytes$/, figure: 'value', resource: 'memory', aspect: 'size' },
  { name: /heap(?:_size)?_used(?:_bytes)?$/, figure: 'value', resource: 'memory', aspect: 'size' },
  { name: /^go_memstats_heap_inuse_bytes$/, figure: 'value', resource: 'memory', aspect: 'size' },
  { name: /^jvm_memory_used_bytes$/, figure: 'value', resource: 'memory', aspect: 'size', labels: isHeap },
  { name: /gc(?:_pause|_duration)?_seconds$/, figure: 'rate', resource: 'garbage collection', aspect: 'rate' },
  { name: /gc(?:_pause|_duration)?_seconds$/, figure: 'mean', resource: 'garbage collection', aspect: 'duration' },
  { name: /event_?loop_utili[sz]ation/, figure: 'value', resource: 'event loop', aspect: 'utilisation' },
  { name: /event_?loop_lag_(?:p99_)?seconds$/, figure: 'value', resource: 'event loop', aspect: 'saturation' },
  { name: /event_?loop_(?:lag|delay)/, figure: 'mean', resource: 'event loop', aspect: 'saturation' },
  { name: /pool_.*(?:wait|pending|queue)[a-z]*_seconds/, figure: 'mean', resource: 'pool', aspect: 'duration' },
  { name: /pool.*(?:waiting|pending|queued?)$/, figure: 'value', resource: 'pool', aspect: 'saturation' },
  { name: /pool.*(?:connections|active|idle|in_?use|size)$/, figure: 'value', resource: 'pool', aspect: 'utilisation' },
  { name: /queue.*_(?:lag|age|delay)(?:_[a-z]+)?$/, figure: 'value', resource: 'queue', aspect: 'duration' },
  {
    name: /(?:queue.*(?:depth|length|size|messages|waiting)|backlog)$/,
    figure: 'value',
    resource: 'queue',
    aspect: 'size',
  },
  { name: /cache.*_total$/, figure: 'rate', resource: 'cache', aspect: 'rate' },
  { name: /^http.*(?:in_?flight|in_progress|active)/, figure: 'value', resource: 'requests', aspect: 'saturation' },
  { name: /^http.*request.*(?:duration|latency)/, figure: 'rate', resource: 'requests', aspect: 'rate' },
  { name: /^http.*request.*(?:duration|latency)/, figure: 'mean', resource: 'requests', aspect: 'duration' },
  { name: /^process_open_fds$/, figure: 'value', resource: 'descriptors', aspect: 'size' },
  { name: /^node_load1$/, figure: 'value', resource: 'machine', aspect: 'saturation' },
  { name: /^node_pressure_.*_waiting_seconds_total$/, figure: 'rate', resource: 'machine', aspect: 'duration' },
  { name: /^node_memory_MemAvailable_bytes$/, figure: 'value', resource: 'memory', aspect: 'size' },
  { name: /^node_disk_io_time_seconds_total$/, figure: 'rate', resource: 'disk', aspect: 'utilisation' },
  { name: /^pg_locks_count$/, figure: 'value', resource: 'locks', aspect: 'size' },
];

/** What a metric of this name is about; undefined: nobody knows. */
export function meaningOfMetric(name: string, figure: Figure, labels: Labels): Meaning | undefined {
  const found = KNOWN.find(
    (known) => known.figure === figure && known.name.test(name) && (known.labels?.(labels) ?? true),
  );
  return found && { resource: found.resource, aspect: found.aspect };
}

function isHeap({ area }: Labels): boolean {
  return area === 'heap';
}
