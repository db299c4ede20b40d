import type { GeneratorSecond, ValidityFinding, ValidityRecord } from '../../record/index.ts';
import { quantileOf } from '../../stats/index.ts';
import { arrivalsRule } from './arrivals-rule.ts';
import { type Evidence, secondsOfWorker, wholeRun, workersIn } from './evidence.ts';
import { lateShareOf, loopRule } from './loop-rule.ts';
import { measuredRule } from './measured-rule.ts';
import { notes } from './notes.ts';
import { ownErrorsRule } from './own-errors-rule.ts';
import { SEND_LAG, sendLagRule } from './send-lag-rule.ts';

/** Whether the figures of a run are the system's, or those of a generator that could not keep up. */
export function judgeValidity(evidence: Evidence): ValidityRecord {
  const findings = [
    ...ownErrorsRule(evidence),
    ...sendLagRule(evidence),
    ...loopRule(evidence),
    ...arrivalsRule(evidence),
    ...measuredRule(evidence),
    ...notes(evidence),
  ];
  return {
    outcome: findings.some(({ outcome }) => outcome === 'not valid') ? 'not valid' : 'valid',
    enforced: evidence.options.enforce,
    figures: figuresOf(evidence, findings),
    findings,
  };
}

function figuresOf(evidence: Evidence, findings: readonly ValidityFinding[]): ValidityRecord['figures'] {
  const run = wholeRun(evidence);
  const workers = workersIn(evidence).map((worker) => secondsOfWorker(evidence, worker, run));
  const sendLag = evidence.metrics.histograms[SEND_LAG];
  const arrivals = findings.find(({ rule }) => rule === 'arrivals')?.observed;
  return {
    ...(workers.length === 0
      ? {}
      : { utilisation: Math.max(...workers.map(utilisationOf)), lateShare: Math.max(...workers.map(lateShareOf)) }),
    ...(sendLag === undefined || sendLag.count === 0 ? {} : { sendLagP99Ms: quantileOf(sendLag, 0.99) }),
    ...(arrivals === undefined ? {} : { arrivalShare: arrivals }),
  };
}

function utilisationOf(seconds: readonly GeneratorSecond[]): number {
  const spanMs = seconds.reduce((sum, second) => sum + second.spanMs, 0);
  return spanMs > 0 ? seconds.reduce((sum, second) => sum + second.utilisation * second.spanMs, 0) / spanMs : 0;
}
