import type { Reading, SystemSource } from 'proving-ground/record/system/index.ts';
import { reasonOf, type Source } from './source.ts';

/** What a watch tells, and what it needs. Times are milliseconds since the first phase began. */
export interface WatchListener {
  /** @param atMs middle between question and answer. */
  seen(source: Source, atMs: number, readings: readonly Reading[]): void;
  /** The first time that a source cannot be reached; not again, however often that happens. */
  lost(source: Source, reason: string): void;
  nowMs(): number;
}

/** Looks at one source whenever it is told to. */
export interface SourceWatch {
  readonly source: Source;
  /** Nothing happens while a look is under way: what answers slowly is not asked the more. */
  look(): Promise<void>;
  /** What came of it. @param leftOut series that there was no room for. */
  record(leftOut: number): SystemSource;
}

/** After a look that failed, so many are left out: time for something to come back. */
const PAUSE_LOOKS = 4;

/** A watch that has not looked yet. */
export function watchSource(source: Source, listener: WatchListener): SourceWatch {
  let [looks, missed, totalMs, pause] = [0, 0, 0, 0];
  let warning: string | undefined;
  let isBusy = false;

  async function ask(): Promise<void> {
    const startedAt = listener.nowMs();
    try {
      const readings = await source.look();
      const endedAt = listener.nowMs();
      looks += 1;
      totalMs += endedAt - startedAt;
      listener.seen(source, (startedAt + endedAt) / 2, readings);
    } catch (thrown) {
      missed += 1;
      pause = PAUSE_LOOKS;
      const isFirst = warning === undefined;
      warning ??= `${looks === 0 ? 'could not be reached' : 'did not answer any more'}: ${reasonOf(thrown)}`;
      if (isFirst) listener.lost(source, warning);
    }
  }

  return {
    source,
    look: async () => {
      if (isBusy || pause > 0) {
        missed += 1;
        pause = Math.max(0, pause - 1);
        return;
      }
      isBusy = true;
      await ask();
      isBusy = false;
    },
    record: (leftOut) => ({
      ...source.origin,
      where: source.where,
      looks,
      missed,
      ...(looks === 0 ? {} : { lookMs: Math.round((totalMs / looks) * 100) / 100 }),
      ...warningOf(warning, leftOut),
    }),
  };
}

function warningOf(lost: string | undefined, leftOut: number): { warning?: string } {
  const tooMany = leftOut === 0 ? [] : [`has too many series: at least ${leftOut} were left out; name those you need`];
  const all = [...(lost === undefined ? [] : [lost]), ...tooMany];
  return all.length === 0 ? {} : { warning: all.join('; ') };
}
