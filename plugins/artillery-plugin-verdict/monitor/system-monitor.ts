import {
  createSeriesStore,
  type Origin,
  SYSTEM_VERSION,
  type SystemRecord,
  type SystemSource,
} from 'proving-ground/record/system/index.ts';
import type { ServerTimingSpan } from 'proving-ground/record/system/server-timing.ts';
import { timingReadings } from 'proving-ground/record/system/server-timing-readings.ts';
import type { Source } from './source.ts';
import { type SourceWatch, watchSource } from './source-watch.ts';

/** Watches the system under test while a run goes on. */
export interface SystemMonitor {
  /**
   * The first phase begins; later calls change nothing.
   *
   * @param epochMs when. @param sources what to look at, from now on once a second.
   */
  start(epochMs: number, sources: () => readonly Source[]): void;
  /** What answers said themselves of the time that they took. */
  addTimings(span: ServerTimingSpan): void;
  /** Ends all looking, at once. */
  stop(): void;
  /** Undefined: nothing was looked at. */
  record(): SystemRecord | undefined;
}

const SECOND_MS = 1_000;

/** What `Server-Timing` belongs to: the answers do not say which system has made them. */
const TIMING_ORIGIN: Origin = { system: 'Server-Timing', kind: 'server-timing' };

/** A monitor that watches nothing yet. @param warn one line about what cannot be reached. */
export function createSystemMonitor(warn: (line: string) => void): SystemMonitor {
  const store = createSeriesStore();
  let startedAt: number | undefined;
  let watches: SourceWatch[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let spans = 0;
  const nowMs = (): number => performance.timeOrigin + performance.now() - (startedAt ?? 0);

  function lookAtAll(): void {
    for (const watch of watches) void watch.look();
    // On the seconds of the run; a late one does not make the next ones late.
    timer = setTimeout(lookAtAll, SECOND_MS - (Math.max(0, nowMs()) % SECOND_MS)).unref();
  }

  function stop(): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    for (const { source } of watches) source.close();
  }

  return {
    start: (epochMs, sources) => {
      if (startedAt !== undefined || isOver) return;
      startedAt = epochMs;
      const listener = {
        nowMs,
        seen: ({ origin }: Source, atMs: number, readings: Parameters<typeof store.add>[2]) => {
          if (!isOver) store.add(origin, atMs, readings);
        },
        lost: ({ origin, where }: Source, reason: string) => {
          if (!isOver) warn(`${origin.system} (${where}) ${reason}; the run goes on without it`);
        },
      };
      watches = sources().map((source) => watchSource(source, listener));
      lookAtAll();
    },
    addTimings: ({ fromMs, toMs, timings }) => {
      if (startedAt === undefined) return;
      spans += 1;
      store.put(TIMING_ORIGIN, fromMs - startedAt, toMs - startedAt, timingReadings(timings, toMs - fromMs));
    },
    stop,
    record: () => {
      if (startedAt === undefined) return undefined;
      const timings = spans === 0 ? [] : [timingSource(spans)];
      const sources = [...watches.map((watch) => watch.record(store.leftOut(watch.source.origin))), ...timings];
      if (sources.length === 0) return undefined;
      const series = store.series();
      return {
        schema: 'proving-ground/system',
        version: SYSTEM_VERSION,
        startedAt: new Date(startedAt).toISOString(),
        stepSeconds: store.stepSeconds(),
        sources,
        texts: Object.assign({}, ...watches.map(({ source }) => source.texts?.() ?? {})) as Record<string, string>,
        series,
      };
    },
  };
}

function timingSource(looks: number): SystemSource {
  return { ...TIMING_ORIGIN, where: 'header of the answers', looks, missed: 0 };
}
