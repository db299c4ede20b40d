import { quantileOfSorted } from '../stats/index.ts';
import type { EndpointTimeline, Timeline } from './timeline.ts';

/** To write an answer of this size as JSON takes milliseconds; bytes, mean. */
const MIN_BYTES = 100_000;
/** Times as many as the others send. */
const MIN_RATIO = 10;

/** Endpoints whose answers are large, by themselves and beside those of the others. */
export function largeSenders({ endpoints }: Timeline): EndpointTimeline[] {
  const large = endpoints.filter(({ meanBytes }) => meanBytes >= MIN_BYTES);
  const others = endpoints.filter((each) => !large.includes(each)).map(({ meanBytes }) => meanBytes);
  const typical =
    others.length === 0
      ? 0
      : quantileOfSorted(
          others.sort((a, b) => a - b),
          0.5,
        );
  return large.filter(({ meanBytes }) => meanBytes >= MIN_RATIO * typical);
}

/** Whether the answers of an endpoint are among the large ones. */
export function isLarge(endpoint: EndpointTimeline, timeline: Timeline): boolean {
  return largeSenders(timeline).includes(endpoint);
}
