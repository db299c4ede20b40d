import { UserFault } from '../../errors.ts';
import type { EffectiveTest } from './effective-test.ts';
import { type Entry, isEntry } from './entry.ts';
import { phaseSeconds } from './milliseconds.ts';

/** What kind of arrivals a phase has. */
export type PhaseKind = 'constant' | 'ramp' | 'count' | 'pause' | 'nothing';

/** A phase of a test, checked: Artillery can run it, and it comes to an end. */
export interface PhaseSpec {
  readonly index: number;
  readonly name: string | undefined;
  readonly kind: PhaseKind;
  /** As the test says it, for the rules by which Artillery deals phases out. */
  readonly raw: Entry;
}

/** What Artillery runs when a test has no phases: one user. */
export const DEFAULT_PHASES: readonly Entry[] = [{ duration: 1, arrivalCount: 1 }];

const KINDS = ['arrivalRate', 'rampTo', 'arrivalCount', 'pause'] as const;
const MODES = ['uniform', 'poisson'];

/**
 * The phases of a test. A phase whose numbers are all 0 is of the kind `nothing`: Artillery leaves it out.
 *
 * @throws UserFault `phase-impossible` where Artillery would crash, hang or leave a phase out without a word.
 */
export function phaseSpecs({ config, locate }: Pick<EffectiveTest, 'config' | 'locate'>): PhaseSpec[] {
  const phases = config.phases === undefined ? DEFAULT_PHASES : config.phases;
  if (!Array.isArray(phases)) {
    throw new UserFault('phase-impossible', 'config.phases is no list', {
      position: locate(['phases']),
      hint: 'Begin each phase with "- ".',
    });
  }
  return phases.map((raw: unknown, index) => {
    const refuse = (key: string | undefined, message: string, hint: string): UserFault =>
      new UserFault('phase-impossible', `phase ${shownName(raw, index)}: ${message}`, {
        position: (key === undefined ? undefined : locate(['phases', index, key])) ?? locate(['phases', index]),
        hint,
      });
    return phaseSpec(raw, index, config.mode, refuse);
  });
}

type Refuse = (key: string | undefined, message: string, hint: string) => UserFault;

function phaseSpec(raw: unknown, index: number, mode: unknown, refuse: Refuse): PhaseSpec {
  const allowed = `A phase has one of ${KINDS.join(', ')}.`;
  if (!isEntry(raw)) throw refuse(undefined, 'is no map of keys', allowed);
  const present = KINDS.filter((key) => raw[key] !== undefined);
  if (present.length === 0) throw refuse(undefined, `has none of ${KINDS.join(', ')}`, unresolvedHint(raw) ?? allowed);
  const phase = { ...raw, mode: raw.mode ?? mode };
  const kind = kindOf(phase);
  for (const key of ['arrivalRate', 'rampTo', 'arrivalCount', 'maxVusers']) checkNumber(phase, key, refuse);
  checkDealing(phase, refuse);
  if (kind === 'constant') checkMode(phase, refuse);
  if (kind !== 'nothing') checkLength(phase, kind, refuse);
  return { index, name: typeof raw.name === 'string' ? raw.name : undefined, kind, raw: phase };
}

/** The order in which Artillery looks: first when it deals phases out (lib/dist.ts), then in a worker (lib/core/phases.ts). */
function kindOf(phase: Entry): PhaseKind {
  if (!KINDS.some((key) => Boolean(phase[key]))) return 'nothing';
  if (phase.pause !== undefined) return 'pause';
  if (phase.arrivalCount !== undefined) return 'count';
  return phase.rampTo === undefined ? 'constant' : 'ramp';
}

function checkNumber(phase: Entry, key: string, refuse: Refuse): void {
  const value = phase[key];
  if (value === undefined || (value !== null && value !== '' && Number(value) >= 0 && Number(value) < Infinity)) return;
  throw refuse(key, `${key} is ${JSON.stringify(value)}; it must be a number from 0 upwards`, 'Write a plain number.');
}

/** What Artillery deals out to workers in whole numbers, it insists on being whole. */
function checkDealing(phase: Entry, refuse: Refuse): void {
  const { arrivalRate = 0, rampTo, maxVusers = 0 } = phase;
  if (!rampTo && !Number.isInteger(Number(arrivalRate))) {
    throw refuse(
      'arrivalRate',
      `arrivalRate is ${String(arrivalRate)}; Artillery takes whole numbers only and crashes otherwise`,
      'For fewer than one user per second use arrivalCount: the number of users over the whole phase.',
    );
  }
  if (!Number.isInteger(Number(maxVusers))) {
    throw refuse('maxVusers', `maxVusers is ${String(maxVusers)}; it must be a whole number`, 'Round it.');
  }
}

function checkMode({ mode = 'uniform' }: Entry, refuse: Refuse): void {
  if (MODES.includes(String(mode))) return;
  throw refuse(
    'mode',
    `mode is ${JSON.stringify(mode)}; allowed are ${MODES.join(' and ')}`,
    'uniform is the default.',
  );
}

function checkLength(phase: Entry, kind: PhaseKind, refuse: Refuse): void {
  const key = kind === 'pause' ? 'pause' : 'duration';
  const value = phase[key];
  if (value === undefined && kind === 'ramp') return;
  if (value === undefined) {
    throw refuse(undefined, 'has no duration, so that it would never end', 'Add duration: 60 # seconds');
  }
  if (phaseSeconds(value) === undefined) {
    const what = `${key} is ${JSON.stringify(value)}; Artillery takes whole seconds above 0, or words such as "1500ms" or "2 min"`;
    throw refuse(key, what, 'A fraction needs a unit: "1.5s".');
  }
}

/** The most likely reason for a number that is not there. */
function unresolvedHint(raw: Entry): string | undefined {
  const empty = KINDS.find((key) => key in raw);
  return empty === undefined
    ? undefined
    : `${empty} has no value. If it comes from {{ $env.… }}, set that variable in the shell first.`;
}

function shownName(raw: unknown, index: number): string {
  return isEntry(raw) && typeof raw.name === 'string' ? JSON.stringify(raw.name) : String(index + 1);
}
