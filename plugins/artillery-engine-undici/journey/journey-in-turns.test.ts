import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createAlarm } from '../arrivals/alarm.ts';
import { turnsOf } from '../arrivals/turns.ts';
import type { StepSpec } from '../artillery.ts';
import { Meter } from '../meter/meter.ts';
import { connectionSettings } from '../transport/connection-settings.ts';
import { Network } from '../transport/network.ts';
import { AddressBook } from '../transport/wire-request.ts';
import { compileScenario } from './compile.ts';
import type { Resources } from './resources.ts';
import { Strand } from './strand.ts';
import { User } from './user.ts';

const PLAN = { turnMs: 200, restMs: 100, isSecond: false };

/** Steps of every kind that takes time; what follows them would begin in the turn of the other generator. */
const FLOW: StepSpec[] = [
  { get: { url: '/after-hook', beforeRequest: 'rest' } },
  { function: 'rest' },
  { get: { url: '/after-function' } },
  { think: 0.15 },
  { get: { url: '/after-think' } },
  { get: { url: '/after-hook-again', beforeRequest: 'rest' } },
];

test('every step of a journey waits for a turn of its own, and none is begun before', async () => {
  const server = createServer((_request, response) => response.end('{}'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const startAt = performance.now() + 20;
  const config = {
    target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    processor: { rest: () => delay(150) },
  };
  const alarm = createAlarm();
  const turns = turnsOf(PLAN, startAt);
  const resources: Resources = {
    config,
    events: { emit: () => true, on: () => undefined },
    network: new Network(connectionSettings(config, {}), undefined),
    addresses: new AddressBook(),
    meter: new Meter({ worker: 0, isCollected: false, extended: false, phaseNameAt: () => undefined }),
    endpoints: undefined,
    alarm,
    turns,
  };
  const user = new User({ vars: {}, scenario: { name: 'In turns' } }, resources, () => 0.5);
  const sent: { readonly dueAt: number; readonly at: number }[] = [];
  const { access } = user;
  const send = access.send.bind(access);
  vi.spyOn(access, 'send').mockImplementation((exchange) => {
    sent.push({ dueAt: exchange.dueAt, at: performance.now() });
    send(exchange);
  });
  const program = compileScenario({ name: 'In turns', flow: FLOW }, resources);
  const ended = await new Promise((resolve) => new Strand(user, program, startAt, resolve).run());
  user.leave();
  alarm.close();
  server.close();
  expect(ended).toBeUndefined();
  expect(sent).toHaveLength(4);
  expect(sent.filter(({ dueAt }) => turns.after(dueAt, 0) !== dueAt)).toEqual([]);
  expect(sent.filter(({ dueAt, at }) => at < dueAt)).toEqual([]);
});
