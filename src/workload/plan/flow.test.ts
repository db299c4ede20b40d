import { describe, expect, test } from 'vitest';
import { type FlowContext, type Remark, tallyFlow } from './flow.ts';
import { createKnownValues } from './known-values.ts';
import type { Tally } from './tally.ts';

interface Read extends Tally {
  readonly remarks: readonly Remark[];
}

function read(flow: unknown, changes: Partial<FlowContext> = {}): Read {
  const remarks: Remark[] = [];
  const tally = tallyFlow(flow, {
    values: createKnownValues({ variables: { rounds: [2, 4], items: [['x', 'y', 'z']] } }, [], 1),
    responseMs: 10,
    functionMs: 1000,
    hasProcessor: true,
    onRemark: (remark) => remarks.push(remark),
    ...changes,
  });
  return { ...tally, remarks };
}

const GET = { get: { url: '/a' } };

function requestsOf(flow: unknown, changes?: Partial<FlowContext>): Record<string, number> {
  return Object.fromEntries([...read(flow, changes).endpoints].map(([label, { mean }]) => [label, mean]));
}

describe('tallyFlow counts', () => {
  test('requests by name, or by method and URL as they are written', () => {
    const flow = [GET, GET, { post: { url: '/a/{{ id }}' } }, { get: { uri: '/b', name: 'Bee' } }];
    expect(requestsOf(flow)).toEqual({ 'GET /a': 2, 'POST /a/{{ id }}': 1, Bee: 1 });
  });

  test('whatever Artillery sends, also for a verb that does not exist', () => {
    expect(requestsOf([{ gett: { url: '/a' } }])).toEqual({ 'GETT /a': 1 });
  });

  test('steps of lists inside the flow', () => {
    expect(requestsOf([[GET, GET], GET])).toEqual({ 'GET /a': 3 });
  });

  test('nothing for a request without a URL, a log line, an odd step, a flow that is none', () => {
    expect(requestsOf([{ get: {} }, { log: 'hello' }, 'think', null])).toEqual({});
    expect(requestsOf(undefined)).toEqual({});
  });

  test.each<[string, object, number]>([
    ['a count', { count: 3 }, 3],
    ['a range, which ends before its end', { count: '1-5' }, 4],
    ['a count from variables, on average', { count: '{{ rounds }}' }, 3],
    ['a list', { over: ['x', 'y'] }, 2],
    ['a list in a variable', { over: 'items' }, 3],
    ['a variable that is no list: never', { over: 'rounds' }, 0],
    ['whileTrue and no processor: the count', { count: 3, whileTrue: 'more' }, 3],
  ])('a loop by %s', (_, options, rounds) => {
    expect(requestsOf([{ loop: [GET], ...options }], { hasProcessor: false })).toEqual({ 'GET /a': rounds });
  });

  test('loops within loops, and probabilities in them', () => {
    const inner = { loop: [{ get: { url: '/a', probability: 50 } }], count: 10 };
    expect(requestsOf([{ loop: [inner, GET], count: 2 }])['GET /a']).toBeCloseTo(2 * (10 * (50 / 101) + 1), 10);
  });

  test('requests side by side', () => {
    const { total, durationMs } = read([{ parallel: [GET, GET, GET], limit: 2 }]);
    expect([total.mean, durationMs]).toEqual([3, 20]);
  });
});

describe('tallyFlow says what only a run can tell', () => {
  test('a condition counts half, and at least not at all', () => {
    const { endpoints, remarks } = read([{ get: { url: '/a', ifTrue: 'isAdmin' } }]);
    expect(endpoints.get('GET /a')).toEqual({ mean: 0.5, low: 0, high: 1, variance: 0.25 });
    expect(remarks).toEqual([{ kind: 'condition', what: 'isAdmin', endpoints: ['GET /a'] }]);
  });

  test('a condition that is no text is none, as in Artillery', () => {
    expect(requestsOf([{ get: { url: '/a', ifTrue: false } }])).toEqual({ 'GET /a': 1 });
  });

  test('whileTrue goes round at least once', () => {
    const { endpoints, remarks } = read([{ loop: [GET], whileTrue: 'more', count: 7 }]);
    expect(endpoints.get('GET /a')).toMatchObject({ mean: 2, low: 1, high: Infinity });
    expect(remarks).toEqual([{ kind: 'repetition', what: 'whileTrue: more', endpoints: ['GET /a'] }]);
  });

  test.each([{ over: 'captured' }, { count: '{{ captured }}' }])('a loop by something captured: %j', (options) => {
    const { endpoints, remarks } = read([{ loop: [GET], ...options }]);
    expect(endpoints.get('GET /a')).toMatchObject({ mean: 1, low: 0, high: Infinity });
    expect(remarks).toMatchObject([{ kind: 'repetition', endpoints: ['GET /a'] }]);
  });

  test('a function takes its assumed time', () => {
    const { durationMs, remarks } = read([{ function: 'thinkLikeAPerson' }, GET]);
    expect(durationMs).toBe(1010);
    expect(remarks).toEqual([{ kind: 'function', what: 'thinkLikeAPerson', endpoints: [] }]);
  });
});

describe('tallyFlow measures time', () => {
  test.each<[unknown, number, string[]]>([
    [2, 2000, []],
    ['1.5s', 1500, []],
    ['{{ rounds }}', 3000, []],
    [0.5, 1, ['fractional think time']],
    ['{{ captured }}', 1000, ['think time']],
    ['a while', 1000, ['think time']],
  ])('think: %j', (think, durationMs, kinds) => {
    const tally = read([{ think }]);
    expect(tally.durationMs).toBe(durationMs);
    expect(tally.remarks.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('a loop without end', () => {
  test.each([{}, { count: 0 }, { count: -1 }])('counts once, and as often as one likes: %j', (options) => {
    const { endpoints, remarks } = read([{ loop: [GET], ...options }]);
    expect(endpoints.get('GET /a')).toMatchObject({ mean: 1, low: 1, high: Infinity });
    expect(remarks).toMatchObject([{ kind: 'endless loop', endpoints: ['GET /a'] }]);
  });
});
