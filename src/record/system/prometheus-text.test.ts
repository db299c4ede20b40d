import { describe, expect, test } from 'vitest';
import { exporterDown, prometheusReadings } from './prometheus-readings.ts';
import { parsePrometheusText } from './prometheus-text.ts';

const samplesOf = (text: string) => parsePrometheusText(text).samples;

describe('parsePrometheusText', () => {
  test('reads names, labels, values, time stamps and exemplars', () => {
    const text = [
      '# HELP http_requests_total Requests.',
      '# TYPE http_requests_total counter',
      'http_requests_total{method="post",code="200",} 1027 1395066363000',
      'plain 12.47',
      'spaced { a = "1" , b="2" }   3',
      'with_exemplar_bucket{le="1"} 5 # {trace_id="x"} 0.4',
      '# EOF',
    ].join('\n');
    expect(parsePrometheusText(text).types.get('http_requests_total')).toBe('counter');
    expect(samplesOf(text)).toEqual([
      { name: 'http_requests_total', labels: { method: 'post', code: '200' }, value: 1027 },
      { name: 'plain', labels: {}, value: 12.47 },
      { name: 'spaced', labels: { a: '1', b: '2' }, value: 3 },
      { name: 'with_exemplar_bucket', labels: { le: '1' }, value: 5 },
    ]);
  });

  test('undoes the escapes of labels, and leaves a brace or a comma in them alone', () => {
    const text = String.raw`m{path="C:\\DIR\\FILE.TXT",error="say \"hi\"\nto {all}, now"} 1`;
    expect(samplesOf(text)[0]?.labels).toEqual({ path: 'C:\\DIR\\FILE.TXT', error: 'say "hi"\nto {all}, now' });
  });

  test.each([
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['Inf', Infinity],
    ['NaN', Number.NaN],
    ['1.5e-3', 0.0015],
    ['-0.5', -0.5],
  ])('%s is a value', (text, value) => {
    expect(samplesOf(`m ${text}`)[0]?.value).toBe(value);
  });

  test('leaves out a line that it does not understand, and no other', () => {
    const text = 'a 1\nb{x="1" 2\nc{x="1"} many\n{y="1"} 3\n<html>\nd 4\r\n';
    expect(samplesOf(text).map(({ name }) => name)).toEqual(['a', 'd']);
  });

  test('reads only what is wanted', () => {
    expect(parsePrometheusText('a 1\nb 2', (name) => name === 'b').samples).toEqual([
      { name: 'b', labels: {}, value: 2 },
    ]);
  });
});

describe('prometheusReadings', () => {
  const readingsOf = (text: string) => prometheusReadings(parsePrometheusText(text));

  test('makes rate, mean and 95th percentile of a histogram, for each set of labels', () => {
    const text = [
      '# TYPE http_request_duration_seconds histogram',
      'http_request_duration_seconds_bucket{route="/a",le="0.1"} 8',
      'http_request_duration_seconds_bucket{route="/a",le="+Inf"} 10',
      'http_request_duration_seconds_bucket{route="/a",le="1"} 9',
      'http_request_duration_seconds_sum{route="/a"} 4.5',
      'http_request_duration_seconds_count{route="/a"} 10',
    ].join('\n');
    expect(readingsOf(text)).toMatchObject([
      {
        kind: 'counter',
        value: 10,
        unit: '1/s',
        labels: { route: '/a' },
        meaning: { resource: 'requests', aspect: 'rate' },
      },
      { kind: 'ratio', part: 4.5, whole: 10, unit: 's', meaning: { resource: 'requests', aspect: 'duration' } },
      { kind: 'buckets', bounds: [0.1, 1, Infinity], counts: [8, 9, 10], unit: 's' },
    ]);
  });

  test('takes quantiles of a summary as they are, and its sum and count as a mean', () => {
    const text = '# TYPE t_seconds summary\nt_seconds{quantile="0.9"} 0.2\nt_seconds_sum 6\nt_seconds_count 3';
    expect(readingsOf(text)).toMatchObject([
      { kind: 'gauge', value: 0.2, labels: { quantile: '0.9' } },
      { kind: 'counter', value: 3 },
      { kind: 'ratio', part: 6, whole: 3 },
    ]);
  });

  test('takes an OpenMetrics counter, whose family has no _total, as a counter', () => {
    expect(readingsOf('# TYPE cpu_seconds counter\ncpu_seconds_total 3')).toMatchObject([
      { kind: 'counter', metric: 'cpu_seconds_total', unit: 's/s' },
    ]);
  });

  test('knows a counter without a type by its name', () => {
    expect(readingsOf('jobs_total 3\njobs_waiting 3').map(({ kind }) => kind)).toEqual(['counter', 'gauge']);
  });

  test('adds up the processors of a machine, as node_exporter tells them', () => {
    const seconds = [0, 1].flatMap((cpu) =>
      Object.entries({ idle: 60, iowait: 10, user: 20 + cpu, system: 7, steal: 2 }).map(
        ([mode, value]) => `node_cpu_seconds_total{cpu="${cpu}",mode="${mode}"} ${value}`,
      ),
    );
    expect(readingsOf(['# TYPE node_cpu_seconds_total counter', ...seconds, 'node_load1 2'].join('\n'))).toMatchObject([
      { metric: 'node_load1', kind: 'gauge', value: 2 },
      { metric: 'machine.cpu', kind: 'ratio', part: 59, whole: 199, scale: 100, unit: '%' },
      { metric: 'machine.steal', kind: 'ratio', part: 4, whole: 199 },
      { metric: 'machine.processors', kind: 'gauge', value: 2 },
    ]);
  });

  test('has no reading of what is not a number', () => {
    expect(readingsOf('a NaN\nb +Inf\nc 1').map(({ metric }) => metric)).toEqual(['c']);
  });

  test.each([
    ['process_cpu_seconds_total 1', 'processor', 'utilisation'],
    ['nodejs_eventloop_lag_p99_seconds 1', 'event loop', 'saturation'],
    ['pg_pool_waiting 1', 'pool', 'saturation'],
    ['hikaricp_connection_pool_pending 1', 'pool', 'saturation'],
    ['db_pool_connections 1', 'pool', 'utilisation'],
    ['queue_depth 1', 'queue', 'size'],
    ['rabbitmq_queue_messages 1', 'queue', 'size'],
  ])('%s is about the %s', (text, resource, aspect) => {
    expect(readingsOf(text)[0]?.meaning).toEqual({ resource, aspect });
  });

  test('says nothing of a metric that nobody knows', () => {
    expect(readingsOf('unheard_of 1')[0]?.meaning).toBeUndefined();
  });
});

test.each([
  ['redis_exporter_build_info{version="1"} 1\nredis_up 0', 'redis_up'],
  ['redis_exporter_build_info{version="1"} 1\nredis_up 1', undefined],
  ['haproxy_exporter_build_info 1\nhaproxy_up{backend="a"} 0', undefined],
  // A service's own metric may be called like that and be 0.
  ['queue_depth 3\nwarm_up 0\nwarmed_up 0', undefined],
])('%j: cannot reach what it tells of by %s', (text, down) => {
  expect(exporterDown(parsePrometheusText(text))).toBe(down);
});
