import { wilsonInterval } from '../../stats/index.ts';
import type { Candidate } from '../candidate.ts';
import type { Scene } from '../scene.ts';
import { totalOf } from '../timeline.ts';
import { digits, percentBetween } from '../wording.ts';

const TOO_MANY_REQUESTS = 429;

/** Fewer are somebody who tries on purpose what is not allowed. */
const MIN_SHARE = 0.02;

/** Requests that are turned away with 429 while others are answered: a limit, and not the system, sets the pace. */
export function refusalRule({ evidence: { requests }, timeline }: Scene): Candidate[] {
  const count = totalOf(timeline.due);
  const refused = totalOf(timeline.refused);
  const interval = wilsonInterval(refused, count);
  if (interval === undefined || interval.low < MIN_SHARE) return [];
  const byEndpoint = requests.names.map(() => 0);
  for (let row = 0; row < requests.count; row += 1) {
    const index = requests.endpoint[row] ?? -1;
    if (requests.status[row] === TOO_MANY_REQUESTS) byEndpoint[index] = (byEndpoint[index] ?? 0) + 1;
  }
  const most = byEndpoint.indexOf(Math.max(...byEndpoint));
  const culprit = (byEndpoint[most] ?? 0) >= 0.8 * refused ? requests.names[most] : undefined;
  const seconds = (timeline.steps * timeline.stepMs) / 1000;
  const share = { value: interval.share, low: interval.low, high: interval.high };
  return [
    {
      cause: 'rate limit',
      title: `A rate limit turns requests away${culprit === undefined ? '' : `, mostly "${culprit}"`}`,
      lost: timeline.refused,
      whole: timeline.due,
      certainty: 'sure',
      culprit,
      subject: culprit ?? 'the service',
      seen: [
        { text: `${digits(refused)} of ${digits(count)} requests were answered with 429: ${percentBetween(share)}` },
        { text: `${digits((count - refused) / seconds)} requests a second were let through on average` },
      ],
    },
  ];
}
