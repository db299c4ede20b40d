import { z } from 'zod';
import { functionNames } from './scalars.ts';
import { socketIoSettings } from './socket-settings.ts';
import { type Dialect, httpStep, socketIoStep, wsStep } from './steps.ts';
import { FIRM, oneOf, section } from './wording.ts';

const HOOKS = {
  beforeScenario: functionNames.describe('Functions that run when a user begins').optional(),
  afterScenario: functionNames.describe('Functions that run when a user has finished').optional(),
  beforeRequest: functionNames.describe('Functions that run before every request').optional(),
  afterResponse: functionNames.describe('Functions that run after every answer').optional(),
  onError: functionNames.describe('Functions that run when a request fails').optional(),
};

const HEAD = {
  name: z.string().describe('What the journey is called in reports, for example "Search for indicators"').optional(),
  // A template is allowed here: Artillery fills it in when the first user arrives.
  weight: oneOf('a whole number, 0 or more', [z.number().min(0, FIRM), z.string().min(1, FIRM)])
    .describe('How often this journey is chosen, relative to the weights of the others (default: 1)')
    .optional(),
  ...HOOKS,
};

const flowOf = (step: z.ZodType) => z.array(step).describe('What the user does, step by step');

const httpScenario = section('a scenario', {
  ...HEAD,
  engine: z.enum(['http', 'undici']).describe('Engine that runs it: http (the default) or undici').optional(),
  flow: flowOf(httpStep),
});

const wsScenario = section('a scenario', {
  ...HEAD,
  engine: z.literal('ws').describe('Engine that runs it: WebSocket').optional(),
  flow: flowOf(wsStep),
});

const socketIoScenario = section('a scenario', {
  ...HEAD,
  engine: z.literal('socketio').describe('Engine that runs it: Socket.IO').optional(),
  socketio: socketIoSettings.describe('Options of the Socket.IO client for this scenario').optional(),
  flow: flowOf(socketIoStep),
});

/** A scenario of each dialect. The engine may also come from `config.engine`, hence optional in each. */
export const SCENARIOS: Readonly<Record<Dialect, z.ZodType>> = {
  http: httpScenario,
  ws: wsScenario,
  socketio: socketIoScenario,
};

const foreignScenario = z.looseObject({
  engine: z
    .string()
    .regex(/^(?!(?:http|undici|ws|socketio)$)/)
    .describe('Engine that runs it; it must stand in config.engines'),
});

/** A scenario as an editor sees it, which does not know `config.engine`: without an engine it is one of http. */
export const anyScenario = oneOf('a scenario', [
  httpScenario,
  wsScenario.required({ engine: true }),
  socketIoScenario.required({ engine: true }),
  foreignScenario,
]).meta({ id: 'scenario', description: 'What one kind of user does' });
