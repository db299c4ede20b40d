import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { muteConsoleReporter } from './quiet-artillery.ts';

type Emitter = {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  emit(event: string, ...args: unknown[]): boolean;
};
const artillery = createRequire(createRequire(import.meta.url).resolve('artillery/package.json'));
const { EventEmitter } = artillery('eventemitter3') as { EventEmitter: new () => Emitter };

const EVENTS = ['phaseStarted', 'phaseCompleted', 'stats', 'done'];

/** Listens as Artillery's reporter does. */
function report(emitter: Emitter, heard: string[]): void {
  for (const event of EVENTS) {
    const method = { [event]: () => heard.push(event) }[event] ?? (() => undefined);
    emitter.on(event, method.bind(undefined));
  }
}

test('the reporter hears nothing any more; plugins, the rest of Artillery and other reporters do', () => {
  const [launcher, plugins] = [new EventEmitter(), new EventEmitter()];
  const [reporter, other, rest]: string[][] = [[], [], []];
  report(launcher, reporter ?? []);
  report(launcher, other ?? []);
  for (const event of EVENTS) {
    launcher.on(event, () => rest?.push(`launcher ${event}`));
    plugins.on(event, () => rest?.push(`plugins ${event}`));
  }
  const { emit } = EventEmitter.prototype as Emitter;
  muteConsoleReporter(plugins as never);
  plugins.emit('phaseStarted');
  for (const event of EVENTS) launcher.emit(event);
  expect(reporter).toEqual([]);
  expect(other).toEqual(EVENTS);
  expect(rest).toEqual(['plugins phaseStarted', ...EVENTS.map((event) => `launcher ${event}`)]);
  // Nothing is left behind in a class that others use as well.
  expect((EventEmitter.prototype as Emitter).emit).toBe(emit);
});

test('an emitter without such a reporter is left alone', () => {
  const [launcher, plugins] = [new EventEmitter(), new EventEmitter()];
  let heard = 0;
  launcher.on('stats', function stats() {
    heard += 1;
  });
  muteConsoleReporter(plugins as never);
  launcher.emit('stats');
  expect(heard).toBe(1);
});
