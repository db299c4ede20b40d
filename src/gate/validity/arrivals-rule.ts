import type { ValidityFinding } from '../../record/index.ts';
import { phaseSeconds } from '../../workload/plan/milliseconds.ts';
import { longestInTurns, type TurnLengths } from '../../workload/schedule/index.ts';
import { type Evidence, secondsIntoRun, type ValidityPhase } from './evidence.ts';
import { joined, percent, RELIEF } from './finding-text.ts';
import { ARRIVALS_TOLERANCE, CHANCE_DEVIATIONS, EDGE_SECONDS, EDGE_USERS, STRETCH_SECONDS } from './limits.ts';

interface Judged {
  readonly phase: ValidityPhase;
  /** Arrivals in the planned length of the phase, by planned ones. */
  readonly share: number;
  /** By how many users it is further from its plan than it may be; not above 0: it is not. */
  readonly excess: number;
  readonly plannedSeconds: number;
  readonly seconds: number;
}

/**
 * Whether users arrived at the rate of the plan, in each phase that was completed. Users whom `maxVusers` turned away did
 * arrive. A generator that cannot keep up may start all users and take longer for it, so that it is the rate that counts.
 */
export function arrivalsRule(evidence: Evidence): ValidityFinding[] {
  const phases = evidence.phases.flatMap((phase) => judge(phase, evidence.turns) ?? []);
  const [worst] = phases.toSorted((a, b) => b.excess / b.phase.plannedUsers - a.excess / a.phase.plannedUsers);
  if (worst === undefined) return [];
  const { phase, share, excess, seconds, plannedSeconds } = worst;
  const outcome = excess > 0 ? 'not valid' : 'ok';
  const from = secondsIntoRun(evidence, phase.startedAt);
  const interval = { from, to: from + seconds, worst: share };
  return [
    {
      rule: 'arrivals',
      outcome,
      observed: share,
      limit: 1 - ARRIVALS_TOLERANCE,
      unit: '',
      text: joined(
        `users of "${phase.name}" arrived at ${percent(share)} of the planned rate`,
        outcome === 'ok' ? '' : `from ${Math.round(from)} s to ${Math.round(from + seconds)} s`,
        stretch(seconds, plannedSeconds, evidence.turns) > 1
          ? `it took ${seconds.toFixed(1)} s instead of ${plannedSeconds} s`
          : '',
      ),
      ...(outcome === 'not valid' ? { advice: RELIEF } : {}),
      intervals: outcome === 'ok' ? [] : [interval],
    },
  ];
}

function judge(phase: ValidityPhase, turns: TurnLengths | undefined): Judged | undefined {
  const { startedAt, endedAt, plan, plannedUsers, metrics } = phase;
  const plannedSeconds = phaseSeconds(plan.duration);
  if (endedAt === undefined || plannedSeconds === undefined || plannedUsers === 0) return undefined;
  const seconds = (endedAt - startedAt) / 1000;
  const came = (metrics.counters['vusers.created'] ?? 0) + (metrics.counters['vusers.skipped'] ?? 0);
  const arrived = came / stretch(seconds, plannedSeconds, turns);
  const chance = plan.mode === 'poisson' ? CHANCE_DEVIATIONS * Math.sqrt(plannedUsers) : 0;
  const edge = EDGE_USERS + (EDGE_SECONDS * plannedUsers) / plannedSeconds;
  return {
    phase,
    share: arrived / plannedUsers,
    excess: Math.abs(plannedUsers - arrived) - (ARRIVALS_TOLERANCE * plannedUsers + edge + chance),
    plannedSeconds,
    seconds,
  };
}

/** How many times as long as planned a phase took; 1 within the tolerance. */
function stretch(seconds: number, plannedSeconds: number, turns: TurnLengths | undefined): number {
  const expected = turns === undefined ? plannedSeconds : longestInTurns(plannedSeconds * 1000, turns) / 1000;
  return seconds > expected * (1 + ARRIVALS_TOLERANCE) + STRETCH_SECONDS ? seconds / expected : 1;
}
