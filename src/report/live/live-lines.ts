import { formatNumber } from '../number-format.ts';
import { plainText } from '../plain-text.ts';
import { sayDuration, sayMoment } from '../plan/wording.ts';
import { cutEnd } from '../text-width.ts';
import type { LivePhase, LiveView } from './live-view.ts';
import { failedWords, generatorWords, noPhaseWords, rateWords, ruleWords, timeWords } from './live-words.ts';

const NAME_WIDTH = 24;
const INDENT = '        ';

/** That a phase begins, for a log. */
export function phaseStartedLine({ name, number, of, durationMs }: Omit<LivePhase, 'elapsedMs'>): string {
  return `Phase started: ${cutEnd(plainText(name), 60)} (${sayDuration(durationMs)}, phase ${number} of ${of})`;
}

/** A moment of a run in two or three lines of a log, of 80 columns as long as numbers are not huge. */
export function liveLines(view: LiveView): string[] {
  const { users, requests, times, generator, rules } = view;
  const now = [
    `${rateWords(users.recentPerSec)} of ${rateWords(users.recentPlannedPerSec)} users`,
    `${rateWords(requests.recentPerSec)} requests`,
  ];
  const seen = [
    ...(times === undefined ? ['no answer'] : timeWords(times)),
    `${failedWords(requests.recentFailed, requests.recent)} of ${formatNumber(requests.recent)}`,
  ];
  const [health = 'not heard of', ...why] = generator === undefined ? [] : generatorWords(generator);
  const state = [
    ...(rules.length === 0 ? [] : [`rules: ${ruleWords(rules).join(', ')}`]),
    `generator ${[health, ...(generator?.keepsUp === false ? why : [])].join(', ')}`,
  ];
  return [
    `${sayMoment(view.elapsedMs).padStart(6)}  ${[whereWords(view), ...now].join(', ')}`,
    `${INDENT}${seen.join(', ')}`,
    `${INDENT}${state.join('; ')}`,
  ];
}

function whereWords(view: LiveView): string {
  const { phase } = view;
  if (phase === undefined) return noPhaseWords(view).split(';')[0] ?? '';
  const { name, elapsedMs, durationMs } = phase;
  return `${cutEnd(plainText(name), NAME_WIDTH)} ${Math.round(elapsedMs / 1000)} of ${Math.round(durationMs / 1000)} s`;
}
