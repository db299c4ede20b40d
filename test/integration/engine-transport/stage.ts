import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import Engine from 'artillery-engine-undici';
import type { ProcessorFunction, StepSpec } from 'artillery-engine-undici/artillery.ts';
import type { SampleBatch } from 'proving-ground/record/samples/sample-buffer.ts';

/** A server, and an engine in this process that is aimed at it. */
export interface Stage {
  readonly target: string;
  /** Connections that the server has accepted so far. */
  readonly connections: readonly Socket[];
  /** Lets users go through a flow at the same time. @returns what each of them failed with, or null. */
  play(flow: readonly object[], options?: PlayOptions): Promise<unknown[]>;
  /** Samples since the last call. */
  samples(): SampleBatch;
  /** Counters since the last call; with it, the samples until then are gone. */
  counters(): Readonly<Record<string, number>>;
  /** Ends the load, as the end of a run does. */
  endLoad(): void;
  close(): Promise<void>;
}

/** How a flow is played. */
export interface PlayOptions {
  readonly users?: number;
  readonly config?: object;
  readonly processor?: Record<string, ProcessorFunction>;
}

/** Milliseconds of a column of microseconds. */
export function ms(column: Uint32Array, index = 0): number {
  return (column[index] ?? Number.NaN) / 1_000;
}

/** @param answer to each request. */
export async function createStage(answer: RequestListener): Promise<Stage> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return stageOf(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** The same over TLS, with a certificate that nobody vouches for. */
export async function createSecureStage(
  answer: RequestListener = (_request, response) => response.end('x'),
): Promise<Stage> {
  const server = createHttps({ key: certificate('server-key.pem'), cert: certificate('server.pem') }, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return stageOf(server, `https://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function certificate(name: string): Buffer {
  return readFileSync(new URL(`../engine/certificates/${name}`, import.meta.url));
}

/** @param server that listens. */
function stageOf(server: Server, target: string): Stage {
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  let engine: Engine | undefined;
  return {
    target,
    connections,
    play: async (flow, { users = 1, config = {}, processor = {} } = {}) => {
      engine = new Engine({ config: { target, processor, ...config } }, silent());
      const run = engine.createScenario({ name: 'Journey', flow: flow as StepSpec[] }, silent());
      const one = (): Promise<unknown> =>
        new Promise((resolve) => {
          void run({ vars: { id: 7 } }, (error) => resolve(error));
        });
      return Promise.all(Array.from({ length: users }, one));
    },
    samples: () => {
      const { samples } = engine?.collect() ?? {};
      if (samples === undefined) throw new Error('no request was measured');
      return samples;
    },
    counters: () => engine?.collect().slice?.counters ?? {},
    endLoad: () => engine?.close(),
    close: async () => {
      engine?.close();
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function silent(): { emit: () => boolean; on: () => void } {
  return { emit: () => true, on: () => undefined };
}
