import { type Candidate, minShareWithin, ofRequestTime } from '../candidate.ts';
import type { Scene } from '../scene.ts';
import { sumOf, totalOf } from '../timeline.ts';
import { digits, duration } from '../wording.ts';

/** Parts of an answer that a service does itself or with its own stores, as `Server-Timing` headers mostly call them. */
const OWN_PART =
  /^(?:total|app|db|database|sql|pg|postgres|mysql|mongo|query|queries|pool|cache|redis|memcached|queue|wait|auth|parse|validat|render|serial|json|handler|router?|middleware|cdn|edge|cpu|gc)/i;

/** Time in calls to other services: parts of answers that belong to nothing of the service's own, or what its client measures. */
export function downstreamRule({ spans, outgoing, timeline }: Scene): Candidate[] {
  const foreign = spans.filter(({ part }) => !OWN_PART.test(part));
  const signals = foreign.length > 0 ? foreign : outgoing;
  const [most] = signals.toSorted((a, b) => totalOf(b.values) - totalOf(a.values));
  if (most === undefined) return [];
  const part = foreign.find((each) => each === most)?.part;
  const own = part === undefined ? signals : foreign.filter((each) => each.part === part);
  const lost = sumOf(
    own.map(({ values }) => values),
    timeline.steps,
  );
  const culprit = foreign.find((each) => each === most)?.endpoint;
  const isOne = totalOf(most.values) >= 0.8 * totalOf(lost);
  const caller = timeline.endpoints.find(({ name }) => name === culprit);
  const calls = caller?.count ?? totalOf(timeline.ended);
  const subject = part === undefined ? 'another service' : `"${part}"`;
  return [
    {
      cause: 'slow downstream',
      title: `${culprit === undefined ? 'Requests wait' : `"${culprit}" waits`} for ${part === undefined ? 'another service' : `the call "${part}"`}`,
      ...ofRequestTime(lost, timeline),
      certainty: 'sure',
      minShare: caller && minShareWithin(caller.busyMs, totalOf(most.values)),
      culprit: isOne ? culprit : undefined,
      subject,
      explains: ['pool too small'],
      seen: [
        {
          text: `calls to ${subject} took ${duration(totalOf(lost))} in all, ${digits(totalOf(most.values) / Math.max(1, calls))} ms for each ${culprit === undefined ? 'request' : `request of "${culprit}"`}`,
          lane: most.lane,
        },
      ],
    },
  ];
}
