import { isEntry } from '../../plan/entry.ts';
import { parseMs } from '../../plan/milliseconds.ts';
import { hasOwnArrivals } from '../../plan/own-schedule.ts';
import { type Cursor, isPresent } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { numberAt, spokenSeconds } from '../numbers.ts';
import { subjectOf } from '../subject.ts';
import type { TestModel } from '../test-model.ts';

/** Above this (24.8 days), a timer of Node fires at once. */
export const LONGEST_TIMER_SECONDS = 2_147_483;

const DAY_SECONDS = 86_400;

/** Below this many users per second in total, Artillery rounds every second of a ramp down to nobody; the undici engine does not. */
const LEAST_RAMP_RATE = 0.5;

/** Whether each phase can happen, and whether anybody arrives. */
export function checkPhases({ views, options }: TestModel): Finding[] {
  if (options.isOverridden === true) return [];
  return views.flatMap(({ config }) => {
    const phases = config.at('phases');
    const leastRate = isEntry(config.value) && hasOwnArrivals(config.value) ? 0 : LEAST_RAMP_RATE;
    return [...emptyTest(phases), ...phases.items().flatMap((phase) => checkPhase(phase, leastRate))];
  });
}

function emptyTest(phases: Cursor): Finding[] {
  if (!Array.isArray(phases.value)) return [];
  if (phases.value.length === 0)
    return [atKey('no-load', phases, { message: 'phases is an empty list: nobody arrives' })];
  const arePauses = phases.items().every((phase) => isPresent(phase.at('pause')) && kindFaults(phase).length === 0);
  return arePauses ? [atKey('no-load', phases, { message: 'every phase is a pause: nobody arrives' })] : [];
}

const KINDS = [
  ['pause', ['duration', 'arrivalRate', 'rampTo', 'arrivalCount']],
  ['arrivalCount', ['arrivalRate', 'rampTo']],
] as const;

function checkPhase(phase: Cursor, leastRate: number): Finding[] {
  // A phase that is no map is a fault of its form.
  if (!isEntry(phase.value)) return [];
  return [
    ...kindFaults(phase),
    ...rateFaults(phase, leastRate),
    ...timeFaults(phase.at('duration')),
    ...timeFaults(phase.at('pause')),
  ];
}

function kindFaults(phase: Cursor): Finding[] {
  const has = (key: string): boolean => isPresent(phase.at(key));
  for (const [kind, others] of KINDS) {
    const clash = has(kind) ? others.find(has) : undefined;
    if (clash !== undefined) {
      const message = `${subjectOf(phase)}${kind} and ${clash} exclude each other`;
      return [atKey('phase-kind', phase.at(clash), { message, allowed: PHASE_KINDS })];
    }
  }
  if (has('pause')) return [];
  if (!['arrivalRate', 'rampTo', 'arrivalCount'].some(has)) {
    const message = `${subjectOf(phase)}it does not say how many users arrive`;
    return [atValue('phase-kind', phase, { message, allowed: PHASE_KINDS })];
  }
  if (has('duration')) return [];
  return [
    atValue('missing-key', phase, {
      message: `${subjectOf(phase)}duration is missing`,
      allowed: ['a number of seconds'],
    }),
  ];
}

const PHASE_KINDS = ['duration and arrivalRate', 'duration and rampTo', 'duration and arrivalCount', 'pause'];

function rateFaults(phase: Cursor, leastRate: number): Finding[] {
  const [rate, ramp, count] = [phase.at('arrivalRate'), phase.at('rampTo'), phase.at('arrivalCount')];
  if (isPresent(ramp)) {
    const from = numberAt(rate) ?? (isPresent(rate) ? undefined : 0);
    return rampFaults(phase, [from, numberAt(ramp)], leastRate);
  }
  const perSecond = numberAt(rate);
  if (perSecond === 0) return [nobody(rate, 'arrivalRate is 0')];
  if (numberAt(count) === 0) return [nobody(count, 'arrivalCount is 0')];
  if (perSecond === undefined || perSecond < 0 || Number.isInteger(perSecond)) return [];
  const hint = suggestCount(phase, perSecond);
  const message = `${subjectOf(rate)}arrivalRate is ${perSecond}; without rampTo it must be a whole number`;
  return [atValue('fractional-rate', rate, { message, found: String(perSecond), ...(hint && { hint }) })];
}

function suggestCount(phase: Cursor, perSecond: number): string | undefined {
  const seconds = secondsOf(phase.at('duration').value);
  return seconds === undefined ? undefined : `As many users: arrivalCount: ${Math.round(seconds * perSecond)}`;
}

function rampFaults(
  phase: Cursor,
  [from, to]: readonly [number | undefined, number | undefined],
  leastRate: number,
): Finding[] {
  if (from === undefined || to === undefined || from < 0 || to < 0) return [];
  const most = Math.max(from, to);
  if (most > 0 && most >= leastRate) return [];
  return [nobody(phase.at('rampTo'), `a ramp from ${from} to ${to} users per second rounds to nobody`)];
}

function nobody(cursor: Cursor, what: string): Finding {
  return atValue('no-load', cursor, { message: `${subjectOf(cursor)}${what}: nobody arrives` });
}

function timeFaults(cursor: Cursor): Finding[] {
  const seconds = secondsOf(cursor.value);
  if (seconds === undefined) return [];
  const name = String(cursor.path.at(-1));
  const found = spokenSeconds(seconds);
  if (seconds <= 0) {
    const message = `${subjectOf(cursor)}${name} is ${String(cursor.value)}; it must be more than 0 seconds`;
    return [atValue('impossible-value', cursor, { message, allowed: ['a number of seconds above 0'] })];
  }
  if (seconds > LONGEST_TIMER_SECONDS)
    return [atValue('timer-overflow', cursor, { message: `${name} is ${found}`, found })];
  if (seconds <= DAY_SECONDS) return [];
  return [atValue('long-duration', cursor, { message: `${subjectOf(cursor)}${name} is ${found}`, found })];
}

/** Seconds of a time that is written as it should be; what is not has been reported by its form. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const ms = /[a-z]$/i.test(value) ? parseMs(value) : undefined;
  return ms === undefined ? undefined : ms / 1000;
}
