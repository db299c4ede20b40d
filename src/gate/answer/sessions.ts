import { type Answer, type AnswerEvidence, unanswered } from './evidence.ts';
import { ms, number } from './words.ts';

/** How many people were signed in at the same time, and whether their tokens could be renewed, also all at once. */
export function sessions({ record }: AnswerEvidence): Answer {
  const { counters, summaries } = record.metrics;
  const signIn = summaries['auth.sign_in_time'];
  if (signIn === undefined) return unanswered('nobody could sign in (auth.sign_in_time)');
  const { 'auth.refresh_success': renewed = 0, 'auth.refresh_failure': failed = 0 } = counters;
  const renewal = summaries['auth.refresh_time'];
  const present = mostPresent(record);
  const storm = mostInAWindow(record, 'auth.refresh_success');
  const renewals =
    renewed + failed === 0
      ? 'No token had to be renewed.'
      : `${number(renewed)} tokens were renewed${renewal === undefined ? '' : `, 95 of 100 within ${ms(renewal.p95)}`}, up to ${number(storm)} in ten seconds; ${failed === 0 ? 'none failed' : `${number(failed)} failed`}.`;
  return {
    isAnswered: true,
    text: `Up to ${number(present)} people were signed in at the same time; 95 of 100 sign-ins took less than ${ms(signIn.p95)}. ${renewals}`,
    figures: [
      { name: 'signed in at the same time', value: present, unit: '' },
      { name: 'sign-in p95', value: signIn.p95, unit: 'ms' },
      { name: 'tokens renewed', value: renewed, unit: '' },
      { name: 'renewals that failed', value: failed, unit: '' },
      { name: 'renewals in ten seconds, at most', value: storm, unit: '' },
      ...(renewal === undefined ? [] : [{ name: 'renewal p95', value: renewal.p95, unit: 'ms' }]),
    ],
  };
}

/** Users that had come and not gone, at the end of each window. */
function mostPresent({ windows }: AnswerEvidence['record']): number {
  let [present, most] = [0, 0];
  for (const { counters } of windows) {
    const { 'vusers.created': came = 0, 'vusers.completed': went = 0, 'vusers.failed': lost = 0 } = counters;
    present += came - went - lost;
    most = Math.max(most, present);
  }
  return most;
}

function mostInAWindow({ windows }: AnswerEvidence['record'], name: string): number {
  return Math.max(0, ...windows.map(({ counters }) => counters[name] ?? 0));
}
