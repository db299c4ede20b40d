import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { SampleBatch } from 'proving-ground/record/samples/sample-buffer.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { createSecureStage, createStage, ms, type Stage } from './engine-transport/stage.ts';

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

/** How long the thread is kept busy, milliseconds. */
const HELD_UP_MS = 50;

/** Keeps the thread busy whenever bytes have come, before they are parsed. @returns since the epoch, in milliseconds, from when on. */
async function parsingLate(work: () => Promise<unknown>): Promise<number[]> {
  const connected = channel('undici:client:connected');
  const heldUpFrom: number[] = [];
  const holdUp = (message: unknown): void => {
    (message as { socket: Socket }).socket.prependListener('readable', () => {
      const from = performance.now();
      heldUpFrom.push(performance.timeOrigin + from);
      while (performance.now() < from + HELD_UP_MS);
    });
  };
  connected.subscribe(holdUp);
  try {
    await work();
  } finally {
    connected.unsubscribe(holdUp);
  }
  return heldUpFrom;
}

/** Answers after which the thread, which is also the generator's, is busy for a while. */
function answersThatLie(): { readonly listener: RequestListener; readonly givenAt: number[] } {
  const givenAt: number[] = [];
  const listener: RequestListener = (_request, response) => {
    response.end('x');
    const from = performance.now();
    givenAt.push(performance.timeOrigin + from);
    while (performance.now() < from + HELD_UP_MS);
  };
  return { listener, givenAt };
}

/** @param givenAt since the epoch, milliseconds: when each answer was with the kernel. */
function expectEndsBefore({ due, firstByte, lastByte }: SampleBatch, givenAt: readonly number[]): void {
  expect(givenAt).toHaveLength(due.length);
  for (const [index, dueAt] of due.entries()) {
    // By as much two clocks that are read one after the other may differ; and each time is cut to whole microseconds.
    const latest = (givenAt[index] ?? Number.NaN) + 1;
    expect(dueAt + ms(firstByte, index)).toBeLessThan(latest);
    expect(dueAt + ms(lastByte, index)).toBeLessThan(latest);
  }
}

describe('an answer', () => {
  test('ends when the last byte came, and not when the generator had parsed it', async () => {
    const plain = await createStage((_request, response) => response.end('x'));
    stage = plain;
    const [heldUpFrom] = await parsingLate(async () => {
      expect(await plain.play([{ get: { url: '/' } }])).toEqual([null]);
    });
    const { due, firstByte, lastByte } = plain.samples();
    // Each is cut to whole microseconds.
    expect((due[0] ?? Number.NaN) + ms(firstByte)).toBeLessThan((heldUpFrom ?? Number.NaN) + 0.01);
    expect((due[0] ?? Number.NaN) + ms(lastByte)).toBeLessThan((heldUpFrom ?? Number.NaN) + 0.01);
  });

  test('ends when the kernel had the last byte, however long the generator left it lying', async () => {
    const answers = answersThatLie();
    const plain = await createStage(answers.listener);
    stage = plain;
    expect(await plain.play([{ get: { url: '/1' } }, { get: { url: '/2' } }])).toEqual([null]);
    expectEndsBefore(plain.samples(), answers.givenAt);
  });

  test('has an answer of many pieces whole', async () => {
    const body = randomBytes(3_000_000).toString('base64');
    stage = await createStage((_request, response) => response.end(body));
    let got: unknown;
    const processor = {
      keep: (_request: unknown, response: { body: unknown }, _context: unknown, _events: unknown, next: () => void) => {
        got = response.body;
        next();
      },
    };
    const flow = [{ get: { url: '/', afterResponse: 'keep' } }];
    expect(await stage.play(flow, { processor: processor as never })).toEqual([null]);
    expect(got === body).toBe(true);
  });
});

describe('an answer over TLS', () => {
  const config = { tls: { rejectUnauthorized: false } };

  test('ends when the last byte came, and not when the generator had parsed it', async () => {
    const secure = await createSecureStage();
    stage = secure;
    const [heldUpFrom] = await parsingLate(async () => {
      expect(await secure.play([{ get: { url: '/' } }], { config })).toEqual([null]);
    });
    const { due, lastByte } = secure.samples();
    expect((due[0] ?? Number.NaN) + ms(lastByte)).toBeLessThan((heldUpFrom ?? Number.NaN) + 0.01);
  });

  test('ends when the kernel had the last byte, however long the generator left it lying', async () => {
    const answers = answersThatLie();
    const secure = await createSecureStage(answers.listener);
    stage = secure;
    expect(await secure.play([{ get: { url: '/1' } }, { get: { url: '/2' } }], { config })).toEqual([null]);
    expectEndsBefore(secure.samples(), answers.givenAt);
  });

  test.each([
    ['reset', 'read ECONNRESET'],
    ['closed', 'other side closed'],
  ])('that is %s half way has the error that it has without TLS', async (how, message) => {
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('half', () => {
        const [connection] = stage?.connections ?? [];
        if (how === 'reset') connection?.resetAndDestroy();
        else connection?.destroy();
      });
    };
    const errors: unknown[] = [];
    for (const create of [createSecureStage, createStage]) {
      stage = await create(cut);
      errors.push(...(await stage.play([{ get: { url: '/' } }], { config })));
      await stage.close();
    }
    stage = undefined;
    for (const error of errors) expect(error).toMatchObject({ code: 'ECONNRESET', message });
    expect(errors).toHaveLength(2);
  });
});

test('a worker that is ended while answers come takes nobody with it', () => {
  const program = fileURLToPath(new URL('engine-transport/ended-worker.ts', import.meta.url));
  const { status, signal } = spawnSync(process.execPath, [program], { timeout: 30_000 });
  expect({ status, signal }).toEqual({ status: 0, signal: null });
});
