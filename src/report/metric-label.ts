/** How a metric is called in a table, and the unit of its values ('' where it is a plain number). */
export interface MetricLabel {
  readonly label: string;
  readonly unit: '' | 'ms' | '%' | '/s';
}

const ENDPOINT_TIME = /^plugins\.metrics-by-endpoint\.response_time\.(?<endpoint>.+)\.(?<aggregate>\w+)$/;
const ENDPOINT_CODE = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.codes\.(?<code>\d+)$/;
const ENDPOINT_ERROR = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.errors\.(?<error>.+)$/;
const TIME = /(?:^|[._])(?:time|session_length|dns|tcp|tls|total)(?:\.|$)/;

/**
 * Says a metric's name as a reader would. A name that follows none of Artillery's patterns, or an expression, stays as it
 * is.
 *
 * @example metricLabel('plugins.metrics-by-endpoint.response_time.Search.p95').label // 'Search: p95 of first byte'
 */
export function metricLabel(name: string): MetricLabel {
  const time = ENDPOINT_TIME.exec(name)?.groups;
  if (time !== undefined)
    return { label: `${time.endpoint}: ${firstByte(time.aggregate)}`, unit: timeUnit(time.aggregate) };
  const code = ENDPOINT_CODE.exec(name)?.groups;
  if (code !== undefined) return { label: `${code.endpoint}: answers ${code.code}`, unit: '' };
  const error = ENDPOINT_ERROR.exec(name)?.groups;
  if (error !== undefined) return { label: `${error.endpoint}: errors ${error.error}`, unit: '' };
  if (name === 'maxErrorRate') return { label: 'users lost (maxErrorRate)', unit: '%' };
  if (/_rate$/.test(name)) return { label: name, unit: '/s' };
  if (/\s|[()]/.test(name)) return { label: name, unit: '' };
  return { label: name, unit: TIME.test(name) ? timeUnit(name.slice(name.lastIndexOf('.') + 1)) : '' };
}

function firstByte(aggregate: string | undefined): string {
  return aggregate === 'count' ? 'answers' : `${aggregate} of first byte`;
}

function timeUnit(aggregate: string | undefined): '' | 'ms' {
  return aggregate === 'count' ? '' : 'ms';
}
