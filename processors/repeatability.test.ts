import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestParams, VUContext } from './artillery-types.ts';
import { arrive, recordEvents, requestTo, respond } from './testing/hook-bench.ts';

// What the same seed promises: users of the same journey and number send the same, whatever the timing and the answers.

type Processors = typeof import('./index.ts');

const JOURNEYS = ['SIEM sends events', 'Search for indicators', 'Analytics report'];
const USERS = 6;

let seed: string | undefined;
beforeEach(() => {
  seed = process.env.SEED;
});
afterEach(() => {
  if (seed === undefined) delete process.env.SEED;
  else process.env.SEED = seed;
  vi.unstubAllGlobals();
});

/** What tells a worker of a run from the others. */
interface Worker {
  readonly seed: string;
  readonly number: number;
}

/** The processors as a worker that has just started loads them. */
async function startWorker(worker: Worker): Promise<Processors> {
  process.env.SEED = worker.seed;
  const others = Array.from({ length: worker.number - 1 }, (_, index) => `proving-ground-worker-${index + 1}`);
  const request = (name: string, _options: unknown, callback: (lock: unknown) => unknown): unknown =>
    callback(others.includes(name) ? null : { name });
  vi.stubGlobal('navigator', { locks: { request } });
  vi.resetModules();
  return await import('./index.ts');
}

/** One step of a user: what it sends. */
type Step = () => Promise<unknown>;

/** The steps of a user; answers differ from run to run. */
function stepsOf(processors: Processors, context: VUContext, answerSize: number): Step[] {
  const fill = async (hook: (request: RequestParams, context: VUContext) => Promise<void>): Promise<unknown> => {
    const request = requestTo('/x');
    await hook(request, context);
    // A digest: what differs is thousands of characters long.
    return createHash('sha256')
      .update(JSON.stringify([request.url, request.json, request.body]))
      .digest('hex');
  };
  const hits = Array.from({ length: answerSize }, (_, id) => ({ id }));
  const search = async (): Promise<unknown> => {
    const sent = await fill(processors.askSearch);
    await processors.readHits(requestTo('/search'), respond(200, { hits, total: 99 }), context, recordEvents());
    return sent;
  };
  const batch = (): Promise<unknown> => fill(processors.fillBatch);
  return [search, batch, search, () => fill(processors.fillAttack), batch, search, () => fill(processors.orderReport)];
}

/** Runs the users of a worker and returns what each sent, in order. */
async function run(worker: Worker, order: readonly number[], answerSize: number): Promise<unknown[][]> {
  const processors = await startWorker(worker);
  // Users arrive in order; from then on each is as fast as the system under test lets it be.
  const users = Array.from({ length: USERS }, (_, user) => arrive(JOURNEYS[user % JOURNEYS.length] ?? ''));
  for (const user of users) await processors.pickUser(user, recordEvents());
  const sent = users.map(({ vars }): unknown[] => [vars.username]);
  const steps = users.map((user) => stepsOf(processors, user, answerSize));
  const total = steps.flat().length;
  for (let turn = 0; sent.flat().length < total + USERS; turn += 1) {
    const user = order[turn % order.length] ?? 0;
    const next = steps[user]?.shift();
    if (next !== undefined) sent[user]?.push(await next());
  }
  return sent;
}

/** What a user sent, without the name it signed in with. */
function sequenceOf(payloads: readonly unknown[]): string {
  return payloads.slice(1).join();
}

const IN_TURN = [0, 1, 2, 3, 4, 5];

test('the same seed sends the same for each user, however the users interleave and whatever is answered', async () => {
  const one = await run({ seed: '42', number: 1 }, IN_TURN, 20);
  const other = await run({ seed: '42', number: 1 }, [5, 5, 2, 0, 3, 3, 3, 1, 4, 0], 3);
  expect(other).toEqual(one);
});

test.each([
  { seed: '43', number: 1 },
  { seed: '42', number: 2 },
])('another seed, and another worker, send something else: %j', async (worker) => {
  const one = await run({ seed: '42', number: 1 }, IN_TURN, 20);
  const other = await run(worker, IN_TURN, 20);
  const alike = other.filter((payloads) => one.some((others) => sequenceOf(others) === sequenceOf(payloads)));
  expect(alike).toEqual([]);
});

test('no two users of a run send the same', async () => {
  const sent = await run({ seed: '42', number: 1 }, IN_TURN, 20);
  expect(new Set(sent.map(sequenceOf)).size).toBe(USERS);
});
