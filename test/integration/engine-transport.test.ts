import { once } from 'node:events';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { NONE } from 'proving-ground/record/samples/sample-buffer.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { createSecureStage, createStage, ms, type Stage } from './engine-transport/stage.ts';

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

function later(delayMs: number, work: () => void): void {
  setTimeout(work, delayMs);
}

describe('a sample', () => {
  test('counts from when the request was due, also when the user had to wait for the connection', async () => {
    stage = await createStage((_request, response) => later(100, () => response.end('x')));
    await stage.play([{ parallel: [{ get: { url: '/1' } }, { get: { url: '/2' } }] }]);
    const samples = stage.samples();
    // A user has one connection: the second request of two waits for the first.
    expect(ms(samples.queued, 1) - ms(samples.queued, 0)).toBeGreaterThan(95);
    expect(ms(samples.lastByte, 1)).toBeGreaterThan(195);
  });

  test('tells the head of the answer from its last byte', async () => {
    stage = await createStage((_request, response) => {
      response.write('head');
      later(120, () => response.end('body'));
    });
    await stage.play([{ get: { url: '/' } }]);
    const { firstByte, lastByte, sent } = stage.samples();
    expect(ms(lastByte) - ms(firstByte)).toBeGreaterThan(100);
    expect(ms(firstByte)).toBeGreaterThanOrEqual(ms(sent));
  });

  test('says which requests made a connection', async () => {
    stage = await createStage((_request, response) => response.end('x'));
    await stage.play([{ get: { url: '/1' } }, { get: { url: '/2' } }]);
    const { reused, connect, tls } = stage.samples();
    expect([...reused]).toEqual([0, 1]);
    expect(connect[0]).not.toBe(NONE);
    expect(connect[1]).toBe(NONE);
    expect(tls[0]).toBe(NONE);
    expect(stage.connections).toHaveLength(1);
  });

  test('has the bytes that went over the wire', async () => {
    stage = await createStage((request, response) => {
      request.resume().on('end', () => response.end('y'.repeat(10_000)));
    });
    await stage.play([{ post: { url: '/1', body: 'x'.repeat(5_000) } }, { get: { url: '/2' } }]);
    const { bytesUp, bytesDown } = stage.samples();
    const [socket] = stage.connections;
    const sum = (column: Uint32Array): number => column.reduce((total, bytes) => total + bytes, 0);
    expect(sum(bytesUp)).toBe(socket?.bytesRead);
    expect(sum(bytesDown)).toBe(socket?.bytesWritten);
    expect(bytesUp[0]).toBeGreaterThan(5_000);
    expect(bytesDown[1]).toBeGreaterThan(10_000);
  });

  test('of a step after a pause is due when the pause is over, however late the timer came', async () => {
    stage = await createStage((_request, response) => response.end('x'));
    await stage.play([{ get: { url: '/1' } }, { think: 0.5 }, { get: { url: '/2' } }]);
    const { due, lastByte, queued } = stage.samples();
    const gapMs = (due[1] ?? 0) - ((due[0] ?? 0) + ms(lastByte, 0));
    expect(gapMs).toBeGreaterThanOrEqual(500);
    // Between the last byte and the end of the step there is nothing to do here, but a busy machine may do it slowly.
    expect(gapMs).toBeLessThan(1_000);
    expect(queued[1]).not.toBe(NONE);
  });

  test('does not take the waiting of a hook for lateness', async () => {
    stage = await createStage((_request, response) => response.end('x'));
    const processor = { wait: async () => new Promise<void>((resolve) => later(1_500, resolve)) };
    await stage.play([{ get: { url: '/', beforeRequest: 'wait' } }, { function: 'wait' }, { get: { url: '/' } }], {
      processor,
    });
    const { queued } = stage.samples();
    expect(ms(queued, 0)).toBeLessThan(1_000);
    expect(ms(queued, 1)).toBeLessThan(1_000);
  });

  test('of a chain of redirects is one for each hop', async () => {
    stage = await createStage((request, response) => {
      if (request.url === '/end') response.end();
      else response.writeHead(302, { location: '/end' }).end();
    });
    await stage.play([{ get: { url: '/begin', name: 'Chain' } }]);
    const { count, status, names, endpoint } = stage.samples();
    expect(count).toBe(2);
    expect([...status]).toEqual([302, 200]);
    expect([...endpoint].map((id) => names.endpoint[id])).toEqual(['Chain', 'Chain']);
  });

  test('has the name of the error, and how long it took', async () => {
    stage = await createStage((request) => later(50, () => request.socket.destroy()));
    const [error] = await stage.play([{ get: { url: '/' } }]);
    const { status, error: ids, names, lastByte, firstByte } = stage.samples();
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(names.error[ids[0] ?? -1]).toBe('ECONNRESET');
    expect(status[0]).toBe(0);
    expect(firstByte[0]).toBe(NONE);
    expect(ms(lastByte)).toBeGreaterThan(45);
  });
});

describe('time-outs', () => {
  test('end a request without an answer', async () => {
    stage = await createStage(() => undefined);
    const [error] = await stage.play([{ get: { url: '/' } }], { config: { http: { timeout: 0.2 } } });
    expect(error).toMatchObject({ code: 'ETIMEDOUT', message: "Timeout awaiting 'response' for 200ms" });
    expect(ms(stage.samples().lastByte)).toBeGreaterThan(195);
  });

  test('leave a slow body alone', async () => {
    stage = await createStage((_request, response) => {
      response.write('x');
      later(400, () => response.end('y'));
    });
    expect(await stage.play([{ get: { url: '/' } }], { config: { http: { timeout: 0.2 } } })).toEqual([null]);
  });

  test('hold for a connection that nobody accepts as well', async () => {
    stage = await createStage((_request, response) => response.end());
    // TEST-NET-1 of RFC 5737: nobody answers there, or the system says at once that there is no way.
    const [error] = await stage.play([{ get: { url: 'http://192.0.2.1/' } }], { config: { http: { timeout: 0.2 } } });
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(?:ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED)$/),
    });
  });
});

describe('connections', () => {
  test('are one for each user', async () => {
    stage = await createStage((_request, response) => later(20, () => response.end()));
    await stage.play([{ get: { url: '/1' } }, { get: { url: '/2' } }], { users: 7 });
    expect(stage.connections).toHaveLength(7);
  });

  test('are shared from a pool of the size that the test says', async () => {
    stage = await createStage((_request, response) => later(20, () => response.end()));
    await stage.play([{ get: { url: '/1' } }, { get: { url: '/2' } }], { users: 7, config: { http: { pool: 3 } } });
    expect(stage.connections).toHaveLength(3);
    const { count } = stage.samples();
    expect(count).toBe(14);
  });

  test('are closed when the user has left', async () => {
    stage = await createStage((_request, response) => response.end());
    await stage.play([{ get: { url: '/1' } }]);
    const [socket] = stage.connections;
    if (socket?.destroyed === false) await once(socket, 'close');
    expect(socket?.destroyed).toBe(true);
  });

  test('are made anew when the server has closed them', async () => {
    stage = await createStage((_request, response) => response.writeHead(200, { connection: 'close' }).end());
    expect(await stage.play([{ get: { url: '/1' } }, { get: { url: '/2' } }])).toEqual([null]);
    expect([...stage.samples().reused]).toEqual([0, 0]);
  });
});

describe('metrics by endpoint', () => {
  const prefix = 'plugins.metrics-by-endpoint';
  const processor = { metricsByEndpoint_afterResponse: (): void => undefined };

  test.each([
    [{}, `${prefix}./documents/{{ id }}.codes.200`],
    [{ groupDynamicURLs: false }, `${prefix}./documents/7.codes.200`],
  ])('name an endpoint by its URL as %j says', async (options, name) => {
    stage = await createStage((_request, response) => response.end());
    const config = { plugins: { 'metrics-by-endpoint': options } };
    await stage.play([{ get: { url: '/documents/{{ id }}' } }], { config, processor });
    expect(stage.counters()).toMatchObject({ [name]: 1 });
  });
});

describe('TLS', () => {
  test('is measured apart from the connect', async () => {
    stage = await createSecureStage();
    expect(await stage.play([{ get: { url: '/' } }], { config: { tls: { rejectUnauthorized: false } } })).toEqual([
      null,
    ]);
    const { queued, connect, tls, sent } = stage.samples();
    for (const column of [queued, connect, tls]) expect(column[0]).not.toBe(NONE);
    const before = ms(queued) + ms(connect) + ms(tls);
    // Each is cut to whole microseconds.
    expect(ms(sent)).toBeGreaterThan(before - 0.003);
  });

  test('refuses a certificate that nobody vouches for', async () => {
    stage = await createSecureStage();
    const [error] = await stage.play([{ get: { url: '/' } }]);
    expect(String((error as { code?: string }).code)).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY|CERT/);
  });
});

describe('a proxy', () => {
  test('is asked for a tunnel', async () => {
    stage = await createStage((_request, response) => response.end('x'));
    const asked: string[] = [];
    const proxy = createTcp((socket) => {
      socket.once('data', (head) => {
        asked.push(head.toString().split('\r\n')[0] ?? '');
        const { port } = new URL(stage?.target ?? '');
        const through = socket.pipe(connect(Number(port), '127.0.0.1'));
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        through.pipe(socket);
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      expect(await stage.play([{ get: { url: '/' } }])).toEqual([null]);
    } finally {
      delete process.env.HTTP_PROXY;
      proxy.close();
    }
    expect(asked).toEqual([`CONNECT ${new URL(stage.target).host} HTTP/1.1`]);
  });

  test('that refuses is an error that says so', async () => {
    stage = await createStage((_request, response) => response.end('x'));
    const proxy = createTcp((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      const [error] = await stage.play([{ get: { url: '/' } }]);
      expect(String(error)).toContain('answered 407 to CONNECT');
    } finally {
      delete process.env.HTTP_PROXY;
      proxy.close();
    }
  });
});

test('nothing is sent any more once the load has ended', async () => {
  let asked = 0;
  let played: Stage | undefined;
  stage = await createStage((_request, response) => {
    asked += 1;
    if (asked === 5) played?.endLoad();
    response.end('x');
  });
  played = stage;
  void stage.play([{ loop: [{ get: { url: '/' } }], count: 50 }]);
  while (asked < 5) await new Promise((resolve) => later(5, () => resolve(undefined)));
  // Fifty of them take less than a tenth of that.
  await new Promise((resolve) => later(300, () => resolve(undefined)));
  expect(asked).toBe(5);
});
