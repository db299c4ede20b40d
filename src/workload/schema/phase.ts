import { z } from 'zod';
import { choice, count, countOrNone, phaseDuration, rate } from './scalars.ts';
import { section } from './wording.ts';

const share = z.number().min(0).max(100);

/** One load phase, of any of the three kinds; `phase-kind` says which keys go together. */
export const phase = section('a phase', {
  name: z.string().describe('What the phase is called in reports, for example "Incident burst"').optional(),
  duration: phaseDuration.describe('How long the phase lasts: seconds, or a time with a unit such as 5min').optional(),
  arrivalRate: rate
    .describe('How many new users arrive per second (users, not requests); with rampTo, the rate at the beginning')
    .optional(),
  rampTo: rate.describe('New users per second at the end of the phase; the rate changes evenly on the way').optional(),
  arrivalCount: countOrNone
    .describe('How many users arrive during the whole phase, evenly spread; instead of arrivalRate')
    .optional(),
  pause: phaseDuration
    .describe('A phase in which nobody arrives: how long it lasts, in seconds or with a unit')
    .optional(),
  maxVusers: count
    .describe('How many users may be active at the same time; those who arrive beyond that are turned away')
    .optional(),
  mode: choice(['uniform', 'poisson'])
    .describe('How arrivals are spread: uniform (evenly, the default) or poisson (at random, as real people come)')
    .optional(),
  mix: z
    .record(z.string(), share)
    .describe(
      'Who arrives in this phase: the name of each journey and its share in per cent, together 100. Needs the undici engine; without a mix the weights of the journeys apply',
    )
    .optional(),
}).meta({ id: 'phase', description: 'A load phase' });

/** `config.phases`. */
export const phases = z.array(phase).describe('The phases of the test, one after the other');
