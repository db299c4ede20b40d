import type { ValidityFinding } from '../../record/index.ts';
import { type Evidence, secondsOfWorker, wholeRun, workersIn } from './evidence.ts';
import { percent } from './finding-text.ts';
import { MEASURED_SHARE } from './limits.ts';

const ADVICE =
  'Run it again on a machine with less beside it; if it stays so, report it as a defect of Proving Ground.';

/** What is not known is not fine: every worker must have told how it was, all the time. */
export function measuredRule(evidence: Evidence): ValidityFinding[] {
  const run = wholeRun(evidence);
  const workers = workersIn(evidence);
  const shares = workers.map((worker) => {
    const coveredMs = secondsOfWorker(evidence, worker, run).reduce((sum, { spanMs }) => sum + spanMs, 0);
    return run.to > 0 ? coveredMs / 1000 / run.to : 0;
  });
  const observed = Math.min(1, ...shares);
  const isMissing = workers.length === 0;
  if (!isMissing && observed >= MEASURED_SHARE) return [];
  return [
    {
      rule: 'measured',
      outcome: 'not valid',
      ...(isMissing ? {} : { observed }),
      limit: MEASURED_SHARE,
      unit: '',
      text: isMissing
        ? 'nothing is known about the generator: no worker told how it was'
        : `a worker told how it was for only ${percent(observed)} of the run`,
      advice: ADVICE,
      intervals: [],
    },
  ];
}
