import { expect, test } from 'vitest';
import { parseRedisInfo, redisReadings } from './redis-info.ts';

const INFO = [
  '# Memory',
  'used_memory:1048576',
  '# Stats',
  'total_commands_processed:42',
  'keyspace_hits:30',
  'keyspace_misses:10',
  '# CPU',
  'used_cpu_sys:1.5',
  'used_cpu_user:2.5',
  '# Keyspace',
  'db0:keys=3,expires=2,avg_ttl=9000',
  'redis_version:7.0.15',
].join('\r\n');

test('reads fields, and no titles', () => {
  const fields = parseRedisInfo(INFO);
  expect(fields.get('used_memory')).toBe('1048576');
  expect(fields.get('redis_version')).toBe('7.0.15');
  expect([...fields.keys()].some((name) => name.startsWith('#'))).toBe(false);
});

test('hits by look-ups, processor time and keys are put together', () => {
  const found = Object.fromEntries(redisReadings(INFO).map((reading) => [reading.metric, reading]));
  expect(found['redis.hit_ratio']).toMatchObject({ kind: 'ratio', part: 30, whole: 40, scale: 100 });
  expect(found['redis.cpu']).toMatchObject({ kind: 'counter', value: 4, unit: 'cores' });
  expect(found['redis.keys']).toMatchObject({ kind: 'gauge', value: 3, labels: { db: 'db0' } });
});

test('has no reading of a field that is not there', () => {
  expect(redisReadings('used_memory:7').map(({ metric }) => metric)).toEqual(['redis.memory']);
  expect(redisReadings('')).toEqual([]);
});
