import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, isPresent } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { headValue, type Journey, labelOf } from '../journey.ts';
import { numberAt } from '../numbers.ts';
import { quoteValue } from '../quote.ts';
import { subjectOf } from '../subject.ts';
import { type ConfigView, scenariosOf, type TestModel } from '../test-model.ts';

/** Shares of thirds, written with one digit, make 99.9. */
const ROUNDING_PERCENT = 0.5;

/** Whether every journey can be chosen, by weight or by the mix of a phase. */
export function checkJourneys(test: TestModel): Finding[] {
  const scenarios = scenariosOf(test);
  const phases = test.views.flatMap(({ config }) => config.at('phases').items());
  const inMix = namesInMixes(phases);
  const arrivals = phases.filter((phase) => !isPresent(phase.at('pause')));
  const everybodyMixed = arrivals.length > 0 && arrivals.every((phase) => isPresent(phase.at('mix')));
  const nobody = nobodyToChoose(test, scenarios, inMix);
  if (nobody.length > 0) return nobody;
  return [
    ...scenarios.flatMap((journey) => weightFaults(journey, inMix)),
    ...(everybodyMixed ? scenarios.flatMap((journey) => unmixed(journey, inMix)) : []),
    ...test.views.flatMap((view) => mixFaults(view, scenarios)),
  ];
}

function namesInMixes(phases: readonly Cursor[]): ReadonlySet<string> {
  const mixes = phases.map((phase) => phase.at('mix'));
  return new Set(mixes.flatMap((mix) => mix.keys().filter((name) => mix.at(name).value !== 0)));
}

function nobodyToChoose({ root }: TestModel, scenarios: readonly Journey[], inMix: ReadonlySet<string>): Finding[] {
  const list = root.at('scenarios');
  if (Array.isArray(list.value) && list.value.length === 0)
    return [atKey('no-journeys', list, { message: 'scenarios is an empty list' })];
  const isChosen = (journey: Journey): boolean => weightOf(journey) !== 0 || inMix.has(journey.name ?? '');
  if (scenarios.length === 0 || scenarios.some(isChosen)) return [];
  return [atKey('no-journeys', list, { message: 'no scenario has a weight above 0' })];
}

/** What Artillery makes of the weight: whole numbers, nonsense becomes 0. undefined: a template. */
function weightOf(journey: Journey): number | undefined {
  const { value } = headValue(journey, 'weight');
  if (value === undefined) return 1;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string') return 0;
  return value.includes('{{') ? undefined : Number.parseInt(value, 10) || 0;
}

function weightFaults(journey: Journey, inMix: ReadonlySet<string>): Finding[] {
  const cursor = headValue(journey, 'weight');
  const weight = numberAt(cursor);
  if (typeof cursor.value === 'string' && weight === undefined && !cursor.value.includes('{{')) {
    const message = `${labelOf(journey)}: weight is ${quoteValue(cursor.value)}; it must be a whole number`;
    return [
      atValue('impossible-value', cursor, { message, found: cursor.value, allowed: ['a whole number, 0 or more'] }),
    ];
  }
  if (weight === undefined || weight < 0) return [];
  if (!Number.isInteger(weight)) {
    const message = `${labelOf(journey)}: weight ${weight} is cut to ${Math.trunc(weight)}`;
    return [atValue('fractional-weight', cursor, { message, found: String(weight) })];
  }
  if (weight > 0 || inMix.has(journey.name ?? '')) return [];
  return [atValue('journey-never-used', cursor, { message: `${labelOf(journey)} has weight 0 and never runs` })];
}

function unmixed(journey: Journey, inMix: ReadonlySet<string>): Finding[] {
  if (journey.name !== undefined && inMix.has(journey.name)) return [];
  const message = `${labelOf(journey)} is in the mix of no phase and never runs`;
  return [atValue('journey-never-used', journey.heads[0], { message })];
}

function mixFaults({ config }: ConfigView, scenarios: readonly Journey[]): Finding[] {
  const mixes = config
    .at('phases')
    .items()
    .map((phase) => phase.at('mix'))
    .filter((mix) => mix.keys().length > 0);
  const strangers = scenarios.filter(({ engine }) => engine !== 'undici');
  return mixes.flatMap((mix) => [...sumFault(mix), ...nameFaults(mix, scenarios), ...engineFault(mix, strangers)]);
}

function sumFault(mix: Cursor): Finding[] {
  const shares = mix.keys().map((name) => numberAt(mix.at(name)));
  const known = shares.filter((share) => share !== undefined);
  const sum = known.reduce((total, share) => total + share, 0);
  if (known.length < shares.length || Math.abs(sum - 100) <= ROUNDING_PERCENT) return [];
  const found = `${Number(sum.toFixed(2))} %`;
  return [
    atKey('mix-sum', mix, {
      message: `${subjectOf(mix)}the shares of the mix add up to ${found}`,
      found,
      allowed: ['100 %'],
    }),
  ];
}

function nameFaults(mix: Cursor, scenarios: readonly Journey[]): Finding[] {
  // A journey that could not be read may have any name.
  if (scenarios.some(({ steps }) => steps.length === 0)) return [];
  const names = scenarios.flatMap(({ name }) => name ?? []);
  return mix
    .keys()
    .filter((name) => !names.includes(name))
    .map((name) => {
      const suggestion = didYouMean(name, names);
      const message = `${subjectOf(mix)}there is no journey ${JSON.stringify(name)}`;
      return atKey('mix-unknown-journey', mix.at(name), {
        message,
        found: name,
        allowed: names,
        ...(suggestion && { suggestion }),
      });
    });
}

function engineFault(mix: Cursor, [stranger]: readonly Journey[]): Finding[] {
  if (stranger === undefined) return [];
  const message = `${subjectOf(mix)}${labelOf(stranger)} runs on the engine ${stranger.engine}, which ignores mix`;
  return [atKey('mix-not-honoured', mix, { message, found: stranger.engine, allowed: ['undici'] })];
}
