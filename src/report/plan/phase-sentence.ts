import type { PlannedPhase } from '../../workload/plan/index.ts';
import { oneLine, sayAbout, sayCount, sayDuration, sayHowOften, sayPercent, sayRate } from './wording.ts';

/**
 * What a phase does, in one plain sentence, and one more each where it has a mix of its own or turns users away.
 *
 * @example "For 60 s, new users arrive 2 times a second, rising evenly to 8 a second; 300 in all."
 */
export function phaseSentence(phase: PlannedPhase): string {
  return `${arrivalSentence(phase)}${mixSentence(phase)}${capSentence(phase)}`;
}

function arrivalSentence(phase: PlannedPhase): string {
  const { kind, durationMs, users, fromPerSec = 0, toPerSec = 0 } = phase;
  const duration = sayDuration(durationMs);
  switch (kind) {
    case 'nothing':
      return 'Nothing: all its numbers are 0, so Artillery leaves it out.';
    case 'pause':
      return `For ${duration}, nobody new arrives; who is at work goes on.`;
    case 'count': {
      const spread = users.arrivals > 1 ? `, evenly spread, ${sayRate(fromPerSec)}` : '';
      return `Within ${duration}, ${sayCount(users.arrivals, 'new user')} ${users.arrivals === 1 ? 'arrives' : 'arrive'}${spread}.`;
    }
    case 'constant': {
      const how = phase.isRandom ? ' on average, at random moments' : '';
      const about = phase.isRandom ? 'about ' : '';
      return `For ${duration}, new users arrive ${sayHowOften(fromPerSec)}${how}; ${about}${sayAbout(users.arrivals)} in all.`;
    }
    case 'ramp': {
      const how = phase.isRandom ? ', at random moments' : '';
      const about = phase.isRandom ? 'about ' : '';
      return `For ${duration}, new users arrive ${rampWords(fromPerSec, toPerSec)}${how}; ${about}${sayAbout(users.arrivals)} in all.`;
    }
  }
}

function rampWords(from: number, to: number): string {
  if (from === to) return sayHowOften(from);
  const direction = to > from ? 'rising' : 'falling';
  return from === 0
    ? `more and more often, rising evenly from none to ${sayRate(to)}`
    : `${sayHowOften(from)}, ${direction} evenly to ${sayRate(to)}`;
}

function mixSentence({ mix = {} }: PlannedPhase): string {
  const parts = Object.entries(mix).map(([journey, share]) => `${sayPercent(share)} ${oneLine(journey)}`);
  return parts.length === 0 ? '' : ` What they do: ${parts.join(', ')}.`;
}

function capSentence({ maxVusers, users }: PlannedPhase): string {
  if (maxVusers === undefined) return '';
  const limit = ` At most ${sayCount(maxVusers, 'user')} may be at work`;
  if (users.skipped < 0.5) return `${limit}; that should not be reached.`;
  const skipped = sayAbout(users.skipped);
  return `${limit}: about ${sayAbout(users.started)} are let in, the other ${skipped} are turned away and not made up for.`;
}
