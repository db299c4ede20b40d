import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { UserFault } from '../errors.ts';
import { arrivalPhase } from './schedule/index.ts';

/** What somebody wants of a test beside what its file says; undefined: as in the file. */
export interface Scale {
  /** Of all phases together, seconds, above 0. */
  readonly durationSec: number | undefined;
  /** New users per second where they are most, a whole number from 1. */
  readonly peakPerSec: number | undefined;
}

/**
 * A test with its phases stretched to another duration and peak. Their proportions stay, rounded to whole seconds and whole users, since
 * Artillery takes no others; everything else in the file stays, also comments and line numbers.
 *
 * @throws UserFault `phase-impossible`.
 */
export function scalePhases(text: string, { durationSec, peakPerSec }: Scale): string {
  if (durationSec === undefined && peakPerSec === undefined) return text;
  const document = parseDocument(text);
  const phases = document.getIn(['config', 'phases']);
  if (!isSeq(phases) || phases.items.length === 0)
    throw new UserFault('phase-impossible', 'config.phases is no list of phases');
  const maps = phases.items.map((item, index) => {
    if (isMap(item)) return item;
    throw new UserFault('phase-impossible', `phase ${index + 1} is no map of keys`);
  });
  const read = maps.map((map) => arrivalPhase(map.toJSON() as Record<string, unknown>));
  const seconds = read.reduce((sum, { lengthMs }) => sum + lengthMs, 0) / 1000;
  const peak = Math.max(...read.map(({ fromPerSec, toPerSec }) => Math.max(fromPerSec, toPerSec)));
  if (peak === 0) throw new UserFault('phase-impossible', 'no phase of the test has users, so that it has no peak');
  const factors = { time: (durationSec ?? seconds) / seconds, rate: (peakPerSec ?? peak) / peak };
  for (const map of maps) scalePhase(map, factors);
  return String(document);
}

function scalePhase(phase: YAMLMap, { time, rate }: { readonly time: number; readonly rate: number }): void {
  const { lengthMs, fromPerSec, users } = arrivalPhase(phase.toJSON() as Record<string, unknown>);
  for (const key of ['duration', 'pause']) set(phase, key, (lengthMs / 1000) * time, 1);
  // A phase with few users keeps one a second: none at all would leave the phase out.
  set(phase, 'arrivalRate', fromPerSec * rate, fromPerSec > 0 ? 1 : 0);
  set(phase, 'rampTo', Number(phase.get('rampTo')) * rate, 0);
  set(phase, 'arrivalCount', users * rate * time, users > 0 ? 1 : 0);
}

/** Sets a value that is there, in the place where it stands, so that its comment stays with it. */
function set(phase: YAMLMap, key: string, value: number, least: number): void {
  if (!phase.has(key)) return;
  const scalar = phase.get(key, true);
  if (scalar !== undefined) scalar.value = Math.max(least, Math.round(value));
}
