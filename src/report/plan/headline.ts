import type { Plan } from '../../workload/plan/index.ts';
import { formatNumber } from '../number-format.ts';
import { sayAbout, sayCount, sayDuration } from './wording.ts';

/** How long, how many, how many at once: the sentences that everybody needs. */
export function headlines(plan: Plan): string[] {
  const { durationMs, tailMs, peakArrivalsPerSec, concurrency } = plan;
  const tail = tailMs < 1000 ? '' : `; the last users are done about ${sayDuration(tailMs)} later`;
  const once = plan.requests.once > 0 ? `, and ${sayCount(plan.requests.once, 'request')} once before or after` : '';
  const peak = sayAbout(Math.max(1, concurrency.peak));
  return [
    `${sayDuration(durationMs)} of load${tail}`,
    `${usersText(plan)}, ${requestsText(plan)}${once}`,
    `at most ${formatNumber(peakArrivalsPerSec)} new ${peakArrivalsPerSec === 1 ? 'user' : 'users'} a second, about ${peak} at work at the same time`,
  ];
}

/** `240 users`, `about 130 of 400 users`. */
export function usersText({ users }: Plan): string {
  if (users.skipped >= 0.5) return `about ${sayAbout(users.started)} of ${sayCount(users.arrivals, 'user')}`;
  return users.deviation > 0 ? `about ${sayAbout(users.started)} users` : sayCount(users.started, 'user');
}

/** Bounds closer than this share of what is expected are not worth a reader's time. */
const WORTH_SAYING = 0.01;

/** `about 2,210 requests (9.2 a user)`, with bounds where assumptions matter. */
export function requestsText({ requests, users }: Plan): string {
  const each = users.started === 0 ? '' : `${formatNumber(requests.expected / users.started)} a user`;
  const spread = (requests.high === Infinity ? requests.expected : requests.high) - requests.low;
  const isOpen = spread > requests.expected * WORTH_SAYING;
  const bounds = isOpen ? boundsText(requests.low, requests.high) : '';
  const details = [each, bounds].filter((text) => text !== '').join('; ');
  return `about ${sayAbout(requests.expected)} requests${details === '' ? '' : ` (${details})`}`;
}

/** How far chance alone moves the number of requests: 1.96 standard deviations hold 19 runs of 20. */
export function chanceText({ requests }: Plan): string | undefined {
  if (requests.expected === 0) return undefined;
  const percent = (1.96 * requests.deviation * 100) / requests.expected;
  if (percent < 0.1) return undefined;
  return `Journeys and probabilities are drawn anew in each run: 19 runs of 20 are within ${formatNumber(Number(percent.toPrecision(2)))} % of this number of requests.`;
}

/** How long users stay, and how that is known. */
export function sessionText({ session, measured }: Plan): string {
  const stays = `A user stays ${sayDuration(session.meanMs)} on average`;
  const answer = sayDuration(session.responseMs);
  switch (session.source) {
    case 'given':
      return `${stays}, as you said (--session-length).`;
    case 'measured':
      return `${stays}, as measured in ${measured?.run ?? 'a run'} (${measured?.startedAt.slice(0, 10) ?? ''}).`;
    case 'yaml':
      return `${stays}: the think times of the YAML, and ${answer} assumed for each answer.`;
    case 'assumed':
      return `${stays} if the assumptions hold. Better: run the test once, and the plan learns from it; or say --session-length "20 s".`;
  }
}

function boundsText(low: number, high: number): string {
  if (high === Infinity) return `at least ${sayAbout(low)} in all`;
  return `${sayAbout(low)} to ${sayAbout(high)} in all`;
}
