import { BroadcastChannel } from 'node:worker_threads';
import type { Entry } from 'proving-ground/workload/plan/entry.ts';
import type { WorkerPlace } from 'proving-ground/workload/schedule/index.ts';
import { monotonicSinceOrigin } from './shared-clock.ts';

/** What the workers of a run agree on before they begin. */
export interface Agreement {
  /** The phases of each worker. */
  readonly shares: readonly (readonly Entry[])[];
  /** The moment at which all of them begin, in this thread's `performance.now()` milliseconds. */
  readonly startAt: number;
}

/** A place where the workers of a run meet. */
export interface Gathering {
  /** Says that this worker could begin, and calls back as soon as all others have said so. */
  ready(agreed: (agreement: Agreement) => void): void;
}

interface Report {
  readonly worker: number;
  readonly phases: readonly Entry[];
  readonly readyAt: number;
}

/** Enough for the last worker's message to reach the others. */
const HEAD_START_MS = 20;

/** Artillery starts its workers about 50 ms apart; a machine that needs so long for all of them cannot load anything. */
const PATIENCE_MS = 30_000;

/**
 * Opens the meeting place. Artillery deals out a share of each phase to every worker and tells it nothing of the rest, and it
 * starts the workers one after the other. All workers have opened it by then, because Artillery prepares all of them before
 * it starts the first one.
 *
 * @param phases this worker's share. @param runId tells the runs of a machine apart.
 */
export function openGathering(place: WorkerPlace, phases: readonly Entry[], runId: string): Gathering {
  const { worker, workers } = place;
  const sinceOrigin = monotonicSinceOrigin();
  if (workers === 1) return { ready: (agreed) => agreed({ shares: [phases], startAt: performance.now() }) };
  const channel = new BroadcastChannel(`proving-ground-arrivals-${runId}`);
  const reports = new Map<number, Report>();
  let whenComplete: ((agreement: Agreement) => void) | undefined;

  function accept(report: Report): void {
    reports.set(report.worker, report);
    if (reports.size < workers || whenComplete === undefined) return;
    channel.close();
    const all = [...reports.values()].toSorted((a, b) => a.worker - b.worker);
    const startAt = Math.max(...all.map(({ readyAt }) => readyAt)) + HEAD_START_MS - sinceOrigin;
    whenComplete({ shares: all.map((each) => each.phases), startAt });
  }

  channel.onmessage = (event) => accept((event as { data: Report }).data);
  channel.unref();
  return {
    ready: (agreed) => {
      const patience = setTimeout(() => {
        throw new Error(`only ${reports.size} of ${workers} workers were ready after ${PATIENCE_MS / 1000} s`);
      }, PATIENCE_MS);
      whenComplete = (agreement) => {
        clearTimeout(patience);
        agreed(agreement);
      };
      const report = { worker, phases, readyAt: performance.now() + sinceOrigin };
      channel.postMessage(report);
      accept(report);
    },
  };
}
