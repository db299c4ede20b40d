import { wilsonInterval } from '../../stats/index.ts';
import type { Candidate } from '../candidate.ts';
import type { Scene } from '../scene.ts';
import { sumOf, totalOf } from '../timeline.ts';
import { digits, percentBetween } from '../wording.ts';

/** Fewer are somebody who tries on purpose what is not allowed. */
const MIN_SHARE = 0.02;

/** An endpoint that is refused nearly always is asked on purpose: to see whether it is. */
const ON_PURPOSE = 0.95;

/** Requests that are turned away with 429 while others are answered: a limit, and not the system, sets the pace. */
export function refusalRule({ timeline }: Scene): Candidate[] {
  const endpoints = timeline.endpoints.filter(({ refused, count }) => totalOf(refused) < ON_PURPOSE * count);
  const refusedBySteps = sumOf(
    endpoints.map((each) => each.refused),
    timeline.steps,
  );
  const count = totalOf(timeline.due);
  const refused = totalOf(refusedBySteps);
  const interval = wilsonInterval(refused, count);
  if (interval === undefined || interval.low < MIN_SHARE) return [];
  const most = endpoints.toSorted((a, b) => totalOf(b.refused) - totalOf(a.refused))[0];
  const culprit = most !== undefined && totalOf(most.refused) >= 0.8 * refused ? most.name : undefined;
  const seconds = (timeline.steps * timeline.stepMs) / 1000;
  const share = { value: interval.share, low: interval.low, high: interval.high };
  return [
    {
      cause: 'rate limit',
      title: `A rate limit turns requests away${culprit === undefined ? '' : `, mostly "${culprit}"`}`,
      lost: refusedBySteps,
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
