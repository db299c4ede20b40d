import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from './artillery-types.ts';
import * as processors from './index.ts';
import { arrive, recordEvents, requestTo } from './testing/hook-bench.ts';

// Artillery ends a user whose hook throws without telling anybody why. Whatever a system answers, no hook may throw; the
// exception is keepToken, which ends a user on purpose when the sign-in fails.

type AfterResponse = (request: RequestParams, response: HttpResponse, context: VUContext, events: VUEvents) => unknown;

const HOOKS: Readonly<Record<string, AfterResponse>> = {
  checkAnswer: processors.checkAnswer,
  countAccepted: processors.countAccepted,
  dropToken: processors.dropToken,
  judgeEdgeCase: processors.judgeEdgeCase,
  keepToken: processors.keepToken,
  lookForAlert: processors.lookForAlert,
  lookForReport: processors.lookForReport,
  noteWhoWasFaster: processors.noteWhoWasFaster,
  pickAccount: processors.pickAccount,
  pickAlert: processors.pickAlert,
  readHits: processors.readHits,
  watchForDetection: processors.watchForDetection,
  watchReport: processors.watchReport,
};

const FIELDS = [
  'hits',
  'total',
  'pageSize',
  'items',
  'id',
  'status',
  'severity',
  'batchId',
  'accepted',
  'nextCursor',
  'role',
  'correlationMs',
  'eventCount',
  'accessToken',
  'refreshToken',
  'expiresIn',
];

/** JSON that looks like an answer of the platform, with anything in its fields. */
const nearlyRight = fc
  .dictionary(fc.constantFrom(...FIELDS), fc.oneof(fc.jsonValue({ maxDepth: 2 }), itemList()), { maxKeys: 8 })
  .map((value) => JSON.stringify(value));

function itemList() {
  return fc.array(fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }), {
    maxLength: 4,
  });
}

const response: fc.Arbitrary<HttpResponse> = fc.record(
  {
    statusCode: fc.oneof(fc.constantFrom(200, 201, 202, 204, 401, 403, 409, 429, 500), fc.integer()),
    headers: fc.dictionary(
      fc.constantFrom('x-cache', 'retry-after', 'content-type'),
      fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined)),
    ),
    body: fc.oneof(fc.string(), nearlyRight, fc.constant(undefined), fc.uint8Array()),
  },
  { requiredKeys: [] },
);

afterEach(() => {
  vi.restoreAllMocks();
});

/** A user in the middle of everything: it searches, waits for an alert and a report, and does something wrong. */
async function busyUser(): Promise<VUContext> {
  const context = arrive('Busy');
  await processors.pickUser(context, recordEvents());
  await processors.askSearch(requestTo('/search'), context);
  await processors.drawEdgeCase(context);
  const watch = { sinceMs: 0, looks: 0, isOver: false };
  Object.assign(context.vars, {
    attack: { ...watch, batchId: 'b', accepted: 3 },
    report: { ...watch, id: 'r' },
    alert: { id: '1', severity: 4, isMine: false, wantsNote: true, note: 'n', isOverlooked: false },
    session: { accessToken: 'a', refreshToken: 'r', renewAtMs: Infinity, waitUntilMs: 0, failures: 0 },
  });
  return context;
}

test.each(Object.entries(HOOKS))('%s never throws, whatever is answered', async (name, hook) => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('connection refused'));
  await fc.assert(
    fc.asyncProperty(response, async (answer) => {
      const request = requestTo('http://platform.test/x', { headers: { authorization: 'Bearer a' } });
      const outcome = await Promise.resolve(hook(request, answer, await busyUser(), recordEvents())).then(
        () => 'went on',
        (thrown: Error) => thrown.message,
      );
      const allowed = name === 'keepToken' ? ['went on', 'a user left because the sign-in failed'] : ['went on'];
      expect(allowed).toContain(outcome);
    }),
    { numRuns: 150 },
  );
});

test('every answer that a journey looks at is looked at here', () => {
  const afterResponse = Object.entries(processors).filter(
    ([, hook]) => hook.constructor.name === 'AsyncFunction' && hook.length >= 3,
  );
  const takesRequestFirst = afterResponse.map(([name]) => name).filter((name) => name !== 'authorize');
  expect(takesRequestFirst.filter((name) => !(name in HOOKS))).toEqual([]);
});
