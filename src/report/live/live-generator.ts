import { lateShareLimit } from '../../gate/validity/limits.ts';
import type { GeneratorSecond } from '../../record/index.ts';
import type { LiveGenerator } from './live-view.ts';

/** How the generator did in some seconds of all its workers; undefined where there are none. */
export function liveGenerator(seconds: readonly GeneratorSecond[]): LiveGenerator | undefined {
  const workers = Map.groupBy(seconds, ({ worker }) => worker);
  if (workers.size === 0) return undefined;
  const each = [...workers.values()].map(ofWorker);
  const lags = seconds.flatMap(({ sendLagP99Ms }) => sendLagP99Ms ?? []);
  return {
    keepsUp: each.every(({ lateShare, spanMs }) => lateShare <= lateShareLimit(spanMs / 1000, 'phase')),
    utilisation: Math.max(...each.map(({ utilisation }) => utilisation)),
    lateShare: Math.max(...each.map(({ lateShare }) => lateShare)),
    sendLagP99Ms: lags.length === 0 ? undefined : Math.max(...lags),
  };
}

function ofWorker(seconds: readonly GeneratorSecond[]): {
  readonly spanMs: number;
  readonly utilisation: number;
  readonly lateShare: number;
} {
  const spanMs = seconds.reduce((sum, second) => sum + second.spanMs, 0);
  const late = seconds.reduce((sum, second) => sum + second.lateMs, 0);
  const busy = seconds.reduce((sum, second) => sum + second.utilisation * second.spanMs, 0);
  return { spanMs, utilisation: busy / Math.max(1, spanMs), lateShare: late / Math.max(1, spanMs) };
}
