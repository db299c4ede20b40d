import { expect, test } from 'vitest';
import { jointIdentity, type Obstacle, obstaclesBetween, type RunIdentity } from './comparability.ts';

const RUN: RunIdentity = {
  test: 'artillery/peak.yml',
  testHash: 'a1',
  mix: 'Burst: Search 60, Triage 40',
  load: 'Burst 60 s 20/s',
  engine: 'undici',
  seedPolicy: { kind: 'fixed', seed: '1' },
  machine: { processor: 'AMD EPYC 7763', cores: 2, memoryMb: 8000, system: 'linux 6.8' },
  runtime: '24.21',
  validity: 'valid',
};

const machine = (change: Partial<RunIdentity['machine']>): RunIdentity => ({
  ...RUN,
  machine: { ...RUN.machine, ...change },
});

test('equal runs may be compared', () => {
  expect(obstaclesBetween(RUN, { ...RUN })).toEqual([]);
});

type Other = Omit<RunIdentity, 'validity'> & { readonly validity?: RunIdentity['validity'] | undefined };

const OTHERS: readonly [Obstacle['kind'], Obstacle['what'], Other][] = [
  ['refused', 'test', { ...RUN, test: 'artillery/smoke.yml' }],
  ['refused', 'mix', { ...RUN, mix: 'Burst: Search 100' }],
  ['refused', 'load', { ...RUN, load: 'Burst 60 s 30/s' }],
  ['refused', 'engine', { ...RUN, engine: 'http' }],
  ['refused', 'cores', machine({ cores: 4 })],
  ['refused', 'processor', machine({ processor: 'Intel Xeon' })],
  ['refused', 'validity', { ...RUN, validity: 'not valid' }],
  ['flagged', 'validity', { ...RUN, validity: undefined }],
  ['flagged', 'journeys', { ...RUN, testHash: 'b2' }],
  ['flagged', 'seed', { ...RUN, seedPolicy: { kind: 'fixed', seed: '2' } }],
  ['flagged', 'seed', { ...RUN, seedPolicy: { kind: 'random' } }],
  ['flagged', 'memory', machine({ memoryMb: 7199 })],
  ['flagged', 'system', machine({ system: 'linux 5.15' })],
  ['flagged', 'runtime', { ...RUN, runtime: '22.1' }],
];

test.each(OTHERS)('%s: another %s', (kind, what, other) => {
  const { validity, ...rest } = other;
  const candidate: RunIdentity = validity === undefined ? rest : { ...rest, validity };
  expect(obstaclesBetween(RUN, candidate)).toEqual([expect.objectContaining({ kind, what })]);
});

test('a few megabytes less are the same machine', () => {
  expect(obstaclesBetween(RUN, machine({ memoryMb: 7200 }))).toEqual([]);
});

test('among runs of several seeds any seed is one more, and a side of one seed keeps it', () => {
  const other: RunIdentity = { ...RUN, seedPolicy: { kind: 'fixed', seed: '2' } };
  expect(jointIdentity([RUN, RUN])).toEqual(RUN);
  expect(obstaclesBetween(jointIdentity([RUN, other]), { ...RUN, seedPolicy: { kind: 'fixed', seed: '3' } })).toEqual(
    [],
  );
  expect(obstaclesBetween(RUN, jointIdentity([RUN, other]))).toEqual([
    { kind: 'flagged', what: 'seed', baseline: '1', candidate: 'random' },
  ]);
});
