import { meaningOfMetric } from './metric-meanings.ts';
import { isOfProcessor, machineReadings } from './node-exporter-readings.ts';
import { isOfPostgres, postgresReadings } from './postgres-exporter-readings.ts';
import type { FamilyType, PrometheusSample, PrometheusText } from './prometheus-text.ts';
import type { Labels, Reading } from './reading.ts';

/** By this an exporter is known, which tells of something else, and of itself: its own memory is none of the system under test. */
const EXPORTER = /_exporter_build_info$/;
const OWN = /^(?:process|go|promhttp)_/;
/** `pg_up`, `redis_up` and the like: whether an exporter reached what it is there for. */
const UP = /^[a-z]+_up$/;

/**
 * What a Prometheus endpoint told, as readings. Of a histogram there are three: how many values a second, their mean, and their
 * 95th percentile to within a bucket. Of a summary: values a second, mean, and each quantile as it is told. A metric
 * without a type is a counter if its name ends in `_total`, `_count` or `_sum`, as all clients name them, else a gauge. What exporters tell of a
 * machine (node_exporter) and of PostgreSQL (postgres_exporter) gets the names that it has where it is asked directly.
 */
export function prometheusReadings({ types, samples }: PrometheusText): Reading[] {
  const readings: Reading[] = [];
  const compound = new Map<string, Compound>();
  const isByExporter = isExporter(samples);
  for (const sample of samples) {
    if (isOfProcessor(sample) || isOfPostgres(sample) || (isByExporter && OWN.test(sample.name))) continue;
    const family = familyOf(sample.name, types);
    if (family.type === 'histogram' || family.type === 'summary') collect(compound, family, sample, readings);
    else readings.push(single(sample, family));
  }
  const compounds = [...compound.values()].flatMap(readingsOfCompound);
  return [...readings, ...compounds, ...machineReadings(samples), ...postgresReadings(samples)].filter(isKnown);
}

/** The metric by which an exporter says that it cannot reach what it tells of; undefined: it can, or a service tells of itself. */
export function exporterDown({ samples }: Pick<PrometheusText, 'samples'>): string | undefined {
  if (!isExporter(samples)) return undefined;
  return samples.find(({ name, labels, value }) => UP.test(name) && value === 0 && Object.keys(labels).length === 0)
    ?.name;
}

function isExporter(samples: readonly PrometheusSample[]): boolean {
  return samples.some(({ name }) => EXPORTER.test(name));
}

interface Family {
  readonly name: string;
  readonly type: FamilyType;
}

/** OpenMetrics names the family of a counter without `_total`. */
function familyOf(name: string, types: PrometheusText['types']): Family {
  const own = types.get(name);
  if (own !== undefined) return { name, type: own };
  const base = name.replace(/_(?:bucket|sum|count|total)$/, '');
  const type = types.get(base);
  if (type !== undefined) return { name: type === 'counter' ? name : base, type };
  return { name, type: 'untyped' };
}

function single({ name, labels, value }: PrometheusSample, { type }: Family): Reading {
  const isCounter = type === 'counter' || (type === 'untyped' && /_(?:total|count|sum)$/.test(name));
  const described = { metric: name, labels, meaning: meaningOfMetric(name, isCounter ? 'rate' : 'value', labels) };
  if (isCounter) return { ...described, kind: 'counter', value, unit: rateUnit(name) };
  return { ...described, kind: 'gauge', value, unit: unitOf(name) };
}

/** A histogram or the sum and count of a summary, with one set of labels. */
interface Compound {
  readonly metric: string;
  readonly labels: Labels;
  sum: number | undefined;
  count: number | undefined;
  readonly buckets: { readonly bound: number; readonly count: number }[];
}

function collect(compound: Map<string, Compound>, family: Family, sample: PrometheusSample, out: Reading[]): void {
  const { name, labels, value } = sample;
  if (name === family.name) {
    out.push({
      ...{ metric: family.name, labels, unit: unitOf(family.name), kind: 'gauge', value },
      meaning: meaningOfMetric(family.name, 'value', labels),
    });
    return;
  }
  const { le, ...rest } = labels;
  const isBucket = name.endsWith('_bucket') && le !== undefined;
  const own = isBucket ? rest : labels;
  const key = `${family.name} ${JSON.stringify(own)}`;
  const found = compound.get(key) ?? {
    metric: family.name,
    labels: own,
    sum: undefined,
    count: undefined,
    buckets: [],
  };
  compound.set(key, found);
  if (isBucket) found.buckets.push({ bound: /inf/i.test(le) ? Infinity : Number(le), count: value });
  else if (name.endsWith('_sum')) found.sum = value;
  else if (name.endsWith('_count')) found.count = value;
}

function readingsOfCompound({ metric, labels, sum, count, buckets }: Compound): Reading[] {
  const unit = unitOf(metric);
  const described = (figure: 'rate' | 'mean' | 'p95') => ({
    ...{ metric, labels, unit: figure === 'rate' ? '1/s' : unit },
    meaning: meaningOfMetric(metric, figure, labels),
  });
  const sorted = buckets.toSorted((a, b) => a.bound - b.bound);
  const bounds = sorted.map(({ bound }) => bound);
  const counts = sorted.map((bucket) => bucket.count);
  return [
    ...(count === undefined ? [] : [{ ...described('rate'), kind: 'counter' as const, value: count }]),
    ...(count === undefined || sum === undefined
      ? []
      : [{ ...described('mean'), kind: 'ratio' as const, part: sum, whole: count }]),
    ...(bounds.length < 2 ? [] : [{ ...described('p95'), kind: 'buckets' as const, bounds, counts }]),
  ];
}

/** NaN is how a summary or a gauge says that there is nothing to say. */
function isKnown(reading: Reading): boolean {
  switch (reading.kind) {
    case 'gauge':
    case 'counter':
      return Number.isFinite(reading.value);
    case 'ratio':
      return Number.isFinite(reading.part) && Number.isFinite(reading.whole);
    case 'buckets':
      return reading.counts.every(Number.isFinite);
  }
}

/** By the convention for names: the base unit stands at the end. */
function unitOf(name: string): string {
  if (/_seconds$/.test(name)) return 's';
  if (/_(?:ms|milliseconds)$/.test(name)) return 'ms';
  if (/_bytes$/.test(name)) return 'bytes';
  return '';
}

function rateUnit(name: string): string {
  const base = name.replace(/_(?:total|sum|count)$/, '');
  const unit = name.endsWith('_count') ? '' : unitOf(base);
  return unit === '' ? '1/s' : `${unit}/s`;
}
