import { askWhatToWatch, type WatchEvents, type WatchedSystem } from 'proving-ground/record/system/index.ts';
import { plainText } from 'proving-ground/report/index.ts';
import { sourcesOf } from './sources-of.ts';
import { createSystemMonitor, type SystemMonitor } from './system-monitor.ts';

/** A monitor of one run. */
export interface RunMonitor extends Pick<SystemMonitor, 'addTimings' | 'stop' | 'record'> {
  /** The first phase begins, at this time since the epoch; later calls change nothing. */
  start(epochMs: number): void;
}

/**
 * Watches what a test names and what plugins know of; a name of the test's own counts before that of a plugin.
 *
 * @param listed undefined: nothing may be watched.
 */
export function createRunMonitor(events: WatchEvents, listed: readonly WatchedSystem[] | undefined): RunMonitor {
  const monitor = createSystemMonitor((line) => console.error(`Not watched: ${plainText(line)}.`));
  if (listed === undefined) {
    return { start: () => undefined, addTimings: () => undefined, stop: monitor.stop, record: () => undefined };
  }
  return {
    ...monitor,
    start: (epochMs) =>
      monitor.start(epochMs, () => {
        const names = new Set(listed.map(({ name }) => name));
        return sourcesOf([...listed, ...askWhatToWatch(events).filter(({ name }) => !names.has(name))]);
      }),
  };
}
