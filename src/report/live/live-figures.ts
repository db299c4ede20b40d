import type { Observation } from '../../gate/index.ts';
import type { GeneratorSecond, RuleResult } from '../../record/index.ts';
import { liveGenerator } from './live-generator.ts';
import { type LiveSecond, liveSecond, liveTimes } from './live-second.ts';
import type { LivePhase, LiveView } from './live-view.ts';

/** Figures of this much time are shown as recent, in seconds; spans are cut by timers, hence the half. */
const RECENT_SECONDS = 10.5;

/** Keeps what is shown of a run while it goes on. Times are milliseconds since the epoch. */
export interface LiveFigures {
  enterPhase(index: number, at: number): void;
  leavePhase(): void;
  observe(observation: Observation): void;
  generator(second: GeneratorSecond): void;
  view(now: number, rules: readonly RuleResult[]): LiveView;
}

/** A phase as it is planned. */
export interface PlannedLivePhase {
  readonly index: number;
  readonly name: string;
  readonly durationMs: number;
}

/** The figures of a run that has not begun. @param phases in their order. */
export function createLiveFigures(phases: readonly PlannedLivePhase[]): LiveFigures {
  const plannedMs = phases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const total = { planned: 0, arrived: 0, atWork: 0, requests: 0, failed: 0 };
  let recent: readonly LiveSecond[] = [];
  let times: LiveView['times'];
  let seconds: readonly GeneratorSecond[] = [];
  let runStartedAt: number | undefined;
  let current: { readonly index: number; readonly startedAt: number } | undefined;

  function livePhase(now: number): LivePhase | undefined {
    const place = phases.findIndex(({ index }) => index === current?.index);
    const phase = phases[place];
    if (current === undefined || phase === undefined) return undefined;
    const elapsedMs = Math.min(Math.max(0, now - current.startedAt), phase.durationMs);
    return { name: phase.name, number: place + 1, of: phases.length, elapsedMs, durationMs: phase.durationMs };
  }

  return {
    enterPhase: (index, at) => {
      runStartedAt ??= at;
      current = { index, startedAt: at };
    },
    leavePhase: () => {
      current = undefined;
    },
    observe: (observation) => {
      const second = liveSecond(observation);
      total.planned += second.plannedUsers;
      total.arrived += second.arrivedUsers;
      total.atWork += second.usersMore;
      total.requests += second.requests;
      total.failed += second.failedRequests;
      recent = lastOf([...recent, second], (each) => each.seconds);
      times = liveTimes(recent);
    },
    generator: (second) => {
      // A worker that loads its modules is late for everything, and nothing is due yet.
      if (second.at + second.spanMs / 2 < (runStartedAt ?? Infinity)) return;
      const from = second.at + second.spanMs - RECENT_SECONDS * 1000;
      seconds = [...seconds, second].filter(({ at }) => at >= from);
    },
    view: (now, rules) => ({
      phase: livePhase(now),
      hasBegun: runStartedAt !== undefined,
      elapsedMs: runStartedAt === undefined ? 0 : Math.max(0, now - runStartedAt),
      plannedMs,
      users: {
        planned: Math.round(total.planned),
        arrived: total.arrived,
        atWork: Math.max(0, total.atWork),
        recentPlannedPerSec: perSecond(recent, ({ plannedUsers }) => plannedUsers),
        recentPerSec: perSecond(recent, ({ arrivedUsers }) => arrivedUsers),
      },
      requests: {
        total: total.requests,
        failed: total.failed,
        recent: sum(recent, ({ requests }) => requests),
        recentFailed: sum(recent, ({ failedRequests }) => failedRequests),
        recentPerSec: perSecond(recent, ({ requests }) => requests),
      },
      times,
      rules,
      generator: liveGenerator(seconds),
    }),
  };
}

/** The last ones that together last no longer than what is recent; at least one. */
function lastOf<T>(spans: readonly T[], secondsOf: (span: T) => number): T[] {
  let seconds = 0;
  const from = spans.findLastIndex((span) => {
    seconds += secondsOf(span);
    return seconds > RECENT_SECONDS;
  });
  return spans.slice(Math.min(from + 1, spans.length - 1));
}

function sum(seconds: readonly LiveSecond[], of: (second: LiveSecond) => number): number {
  return seconds.reduce((total, second) => total + of(second), 0);
}

function perSecond(seconds: readonly LiveSecond[], of: (second: LiveSecond) => number): number {
  const length = sum(seconds, (second) => second.seconds);
  return length === 0 ? 0 : sum(seconds, of) / length;
}
