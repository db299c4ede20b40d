import { expect, test } from 'vitest';
import { demandsOf } from './service-demand.ts';
import { syntheticEvidence } from './testing/synthetic-evidence.ts';
import { ofLongRequests, timelineOf, totalOf } from './timeline.ts';

const REQUESTS = {
  count: 3,
  names: ['Search', 'Never asked'],
  endpoint: [0, 0, 0],
  dueMs: [200, 900, 2500],
  responseMs: [300, 1600, 100],
  transferMs: [100, 700, 0],
  status: [200, 429, 0],
  bytes: [100, 300, 0],
};

test('counts requests where they begin and end, and their time where they are', () => {
  const timeline = timelineOf(REQUESTS, 1000);
  const [search] = timeline.endpoints;
  expect(timeline.endpoints.map(({ name }) => name)).toEqual(['Search']);
  expect([...timeline.due]).toEqual([2, 0, 1]);
  expect([...timeline.ended]).toEqual([1, 0, 2]);
  expect([...timeline.busyMs]).toEqual([400, 1000, 600]);
  expect([...timeline.refused]).toEqual([1, 0, 0]);
  expect([...(search?.transferMs ?? [])]).toEqual([100, 200, 500]);
  expect([...timeline.failed]).toEqual([0, 0, 1]);
  expect([...(search?.sortedMs ?? [])]).toEqual([300, 1600]);
  expect(search?.meanBytes).toBe(200);
});

test('leaves out requests that were answered too soon, and keeps the steps', () => {
  const whole = timelineOf(REQUESTS, 1000);
  const long = ofLongRequests(REQUESTS, whole, 300);
  expect({ steps: long.steps, due: [...long.due] }).toEqual({ steps: 3, due: [2, 0, 0] });
  expect([...ofLongRequests(REQUESTS, whole, 301).due]).toEqual([1, 0, 0]);
});

test('spreads the work of a request over the time that it took', () => {
  const [search] = timelineOf(REQUESTS, 1000).endpoints;
  const worked = [...(search?.worked ?? [])];
  [1 + 100 / 1600, 1000 / 1600, 500 / 1600 + 1].forEach((expected, step) => {
    expect(worked[step]).toBeCloseTo(expected, 12);
  });
});

test('loses no time and no request, whatever the length of a step (Little)', () => {
  const { requests } = syntheticEvidence({ slowdown: (at) => 1 + at });
  const all = requests.responseMs as readonly number[];
  for (const stepMs of [100, 1000, 7000]) {
    const timeline = timelineOf(requests, stepMs);
    expect(totalOf(timeline.busyMs)).toBeCloseTo(totalOf(all), 4);
    for (const column of ['due', 'ended'] as const) expect(totalOf(timeline[column])).toBe(requests.count);
    expect(timeline.endpoints.reduce((sum, { worked }) => sum + totalOf(worked), 0)).toBeCloseTo(requests.count, 4);
  }
});

test('finds what a request of each endpoint needs, and none for those that only wait', () => {
  const { requests } = syntheticEvidence({ seconds: 120, slowdown: () => 3 });
  const timeline = timelineOf(requests, 1000);
  const worked = (name: string): Float64Array =>
    timeline.endpoints.find((each) => each.name === name)?.worked ?? new Float64Array();
  const [heat, search] = [worked('Heat map'), worked('Search')];
  const used = heat.map((count, step) => 100 + 40 * count + 6 * (search[step] ?? 0));
  const { demands, explained } = demandsOf(used, timeline);
  const of = (name: string): number => demands.find(({ endpoint }) => endpoint === name)?.perRequest ?? Number.NaN;
  expect(of('Heat map')).toBeCloseTo(40, 6);
  expect(of('Search')).toBeCloseTo(6, 6);
  expect(of('Sign in')).toBeCloseTo(0, 6);
  expect(of('Alerts')).toBeCloseTo(0, 6);
  expect(explained).toBeCloseTo(1, 9);
});

test('explains nothing that does not vary', () => {
  const timeline = timelineOf(syntheticEvidence().requests, 1000);
  expect(demandsOf(new Float64Array(timeline.steps).fill(3), timeline).explained).toBe(0);
});
