import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ALL_TIME } from './arrivals/turns.ts';
import type { EngineEvents, StepSpec } from './artillery.ts';
import { compileScenario } from './journey/compile.ts';
import type { Resources } from './journey/resources.ts';
import { type Program, Strand } from './journey/strand.ts';
import { User } from './journey/user.ts';
import { endpointMetrics } from './meter/endpoint-metrics.ts';
import { Meter } from './meter/meter.ts';
import { connectionSettings } from './transport/connection-settings.ts';
import { Network } from './transport/network.ts';
import { AddressBook } from './transport/wire-request.ts';

/** What a warm-up may take. */
export interface WarmUpLimits {
  readonly users: number;
  readonly mostMs: number;
}

const LIMITS: WarmUpLimits = { users: 400, mostMs: 600 };

/** Users at the same time: enough for answers to meet in one turn of the event loop, as under load. */
const AT_ONCE = 10;

const BODY = '{"id":7,"items":[{"name":"first"}]}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

/** The steps that nearly every test has. */
const FLOW: readonly StepSpec[] = [
  { get: { url: '/?n={{ n }}', name: 'Warm-up', headers: { 'x-n': '{{ n }}' } } },
  { post: { url: '/', json: { n: '{{ n }}' }, capture: [{ json: '$.id', as: 'id' }] } },
];

/**
 * Sends requests to a server in this very thread, and forgets them: V8 compiles code when it has run a few hundred times, which would
 * otherwise happen during the first two seconds of a test and show in its figures. Nothing of it is counted or recorded, and
 * nothing leaves this machine. What goes wrong is left alone: then the first seconds are as they were.
 *
 * @returns users that came through.
 */
export async function warmUp(limits: WarmUpLimits = LIMITS): Promise<number> {
  const server = createServer(serve);
  try {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return await sendUsers(programFor(server), limits);
  } catch {
    return 0;
  } finally {
    server.close();
  }
}

function serve(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  // A request of this size comes in one piece; its head is followed by its body, if it has one, at once.
  socket.on('data', () => void socket.write(ANSWER));
}

interface WarmUpProgram {
  readonly program: Program;
  readonly resources: Resources;
}

function programFor(server: Server): WarmUpProgram {
  const config = { target: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const events: EngineEvents = { emit: () => true, on: () => undefined };
  const resources: Resources = {
    config,
    events,
    // Neither a proxy nor a certificate of the environment is any business of the warm-up.
    network: new Network(connectionSettings(config, {}), undefined),
    addresses: new AddressBook(),
    meter: new Meter({ worker: 0, isCollected: true, extended: false, phaseNameAt: () => 'Warm-up' }),
    endpoints: endpointMetrics(config),
    alarm: { at: (_, callback) => void setImmediate(callback), close: () => undefined },
    turns: ALL_TIME,
  };
  return { program: compileScenario({ name: 'Warm-up', flow: FLOW }, resources), resources };
}

function sendUsers(program: WarmUpProgram, { users, mostMs }: WarmUpLimits): Promise<number> {
  const until = performance.now() + mostMs;
  const { promise, resolve } = Promise.withResolvers<number>();
  let [begun, under, done] = [0, 0, 0];
  const next = (): void => {
    if (begun >= users || performance.now() >= until) {
      if (under === 0) resolve(done);
      return;
    }
    begun += 1;
    under += 1;
    startUser(program, begun, (error) => {
      under -= 1;
      if (error === undefined) done += 1;
      next();
    });
  };
  for (let first = 0; first < AT_ONCE; first += 1) next();
  return promise;
}

function startUser({ program, resources }: WarmUpProgram, n: number, ended: (error: unknown) => void): void {
  const user = new User({ vars: { n }, scenario: { name: 'Warm-up' } }, resources, () => 0.5);
  const strand = new Strand(user, program, performance.now(), (error) => {
    user.leave();
    // Not from inside the answer: a chain of users would grow the stack.
    setImmediate(() => ended(error));
  });
  strand.run();
}
