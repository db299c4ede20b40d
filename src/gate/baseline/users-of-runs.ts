import type { RunRecord } from '../../record/index.ts';
import type { RunToLearnFrom } from '../../workload/plan/index.ts';
import type { BaselineRecord } from './baseline-record.ts';

const STARTED = 'vusers.created_by_name.';
const SESSION = 'vusers.session_length';
const BY_ENDPOINT = 'plugins.metrics-by-endpoint.';
const ANSWERED = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.(?:codes\.\d+|errors\.[^.]+)$/;

type Metrics = Pick<RunRecord['metrics'], 'counters' | 'summaries'>;

/** What runs tell of their users, added up: how many, what they asked for, and how long they stayed. */
export function usersOfRuns(runs: readonly Metrics[]): BaselineRecord['users'] {
  const sessions = runs.flatMap(({ summaries }) => summaries[SESSION] ?? []);
  const users = sessions.reduce((sum, { count }) => sum + count, 0);
  const stayedMs = sessions.reduce((sum, { count, mean }) => sum + count * mean, 0);
  return {
    ...(users === 0 ? {} : { sessionMs: Math.round(stayedMs / users) }),
    started: summed(runs, (name) => (name.startsWith(STARTED) ? name.slice(STARTED.length) : undefined)),
    requests: summed(runs, (name) => ANSWERED.exec(name)?.groups?.endpoint),
  };
}

/** A baseline in the form in which `proving-ground plan` reads a run. */
export function runToLearnFrom({ test, runs, users }: BaselineRecord): RunToLearnFrom {
  const started = Object.entries(users.started).map(([journey, count]) => [`${STARTED}${journey}`, count] as const);
  const requests = Object.entries(users.requests).map(
    ([name, count]) => [`${BY_ENDPOINT}${name}.codes.200`, count] as const,
  );
  return {
    test,
    startedAt: runs.at(-1)?.startedAt ?? '',
    ending: { how: 'completed' },
    metrics: {
      counters: Object.fromEntries([...started, ...requests]),
      summaries: users.sessionMs === undefined ? {} : { [SESSION]: { mean: users.sessionMs } },
    },
  };
}

function summed(runs: readonly Metrics[], keyOf: (name: string) => string | undefined): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { counters } of runs) {
    for (const [name, count] of Object.entries(counters)) {
      const key = keyOf(name);
      if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + count);
    }
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
