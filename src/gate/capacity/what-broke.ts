import type { CapacityRecord, CapacityTrial } from './capacity-record.ts';
import type { Clause } from './objective.ts';

type Broke = NonNullable<CapacityRecord['broke']>;

/** Trials up to so far above the lowest broken one near the estimate tell what gives way first; far above everything does. */
const NEAR = 1.1;
/** Broken ones far below the estimate were spoiled. */
const BELOW = 0.95;

/** The trials that broke just above an estimate, lowest rate first. */
export function firstBroken(trials: readonly CapacityTrial[], estimatePerSec: number): CapacityTrial[] {
  const broken = trials
    .filter(({ result, ratePerSec }) => result === 'broken' && ratePerSec >= estimatePerSec * BELOW)
    .sort((a, b) => a.ratePerSec - b.ratePerSec);
  const nearest = broken[0]?.ratePerSec ?? 0;
  return broken.filter(({ ratePerSec }) => ratePerSec <= nearest * NEAR);
}

/** What gave way first: the reason that most of those trials share, a clause of the objective before anything else. undefined: nothing broke. */
export function whatBroke(
  trials: readonly CapacityTrial[],
  estimatePerSec: number,
  clauses: readonly Clause[],
): Broke | undefined {
  const broken = firstBroken(trials, estimatePerSec);
  const counts = new Map<string, number>();
  for (const reason of broken.flatMap(({ reasons }) => reasons.map(withoutFigures))) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || Number(isClause(b[0])) - Number(isClause(a[0])));
  if (first === undefined) return undefined;
  const [what, times] = first;
  const named = clauses.find(({ text }) => what.startsWith(text))?.endpoint;
  const endpoint = named ?? slowedMost(trials, broken);
  return { what, ...(endpoint === undefined ? {} : { endpoint }), times, trials: broken.length };
}

function isClause(reason: string): boolean {
  return reason.endsWith('does not hold');
}

/** Shares differ from trial to trial; the reason is the same. */
function withoutFigures(reason: string): string {
  return reason.replace(/only \d+ % of/, 'not all of');
}

/** The endpoint whose requests together take most longer, per second, than in the highest trial that was sustained. */
function slowedMost(trials: readonly CapacityTrial[], broken: readonly CapacityTrial[]): string | undefined {
  const [reference] = trials.filter(({ result }) => result === 'sustained').sort((a, b) => b.ratePerSec - a.ratePerSec);
  const perSec = (trial: CapacityTrial | undefined, name: string): number =>
    (trial?.endpoints.find((each) => each.name === name)?.totalMs ?? 0) / (trial?.holdSec ?? 1);
  const names = [...new Set(broken.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)))];
  const slowed = names.map((name) => ({
    name,
    by: broken.reduce((sum, trial) => sum + perSec(trial, name) - perSec(reference, name), 0),
  }));
  return slowed.sort((a, b) => b.by - a.by)[0]?.name;
}
