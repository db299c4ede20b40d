import { z } from 'zod';
import { capture, match, request } from './request.ts';
import { oneOrMore, thinkTime } from './scalars.ts';
import { webSocketOptions } from './socket-settings.ts';
import { FIRM, oneOf, openSection, section } from './wording.ts';

/** The dialects of steps: what the engines `http` and `undici`, `ws` and `socketio` understand. */
export type Dialect = 'http' | 'ws' | 'socketio';

/** The request methods that a step may be called after. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

const functionName = z.string().min(1);

const requestSteps = METHODS.map((method) =>
  section(`a ${method} step`, {
    [method]: request.describe(`Sends a ${method.toUpperCase()} request`),
  }),
);

const COMMON_STEPS = [
  section('a think step', {
    think: thinkTime.describe('The user pauses: seconds, or a time with a unit such as 500ms'),
    jitter: oneOf('milliseconds, or per cent such as 20%', [z.number().min(0, FIRM), z.string()])
      .describe('How far this pause varies up and down')
      .optional(),
  }),
  section('a log step', { log: z.string().describe('Prints a text; may hold {{ variables }}') }),
  section('a function step', { function: functionName.describe('Calls a function of the processor') }),
  section('an include step', {
    include: z.string().min(1).describe('Puts the steps of another file here; its path is relative to this file'),
  }),
];

const LOOP_OPTIONS = {
  count: oneOf('a number of rounds, a range such as 1-5, or a {{ variable }}', [
    z.int(),
    z.string().regex(/^\d+(?:-\d+)?$|^-1$|\{\{[\s\S]*\}\}/, FIRM),
  ])
    .describe('How many rounds; 1-5 counts from 1 to below 5')
    .optional(),
  over: oneOf('the name of a variable that holds a list, or a list', [z.string().min(1, FIRM), z.array(z.unknown())])
    .describe('One round for every item of a list; {{ $loopElement }} is the item')
    .optional(),
  whileTrue: functionName
    .describe('A function of the processor that says after each round whether to go on')
    .optional(),
  loopValue: z.string().describe('Name of the counter, instead of $loopCount').optional(),
  loopElement: z.string().describe('Name of the item, instead of $loopElement').optional(),
};

type Step = z.ZodType;
type Steps = readonly [Step, Step, ...Step[]];

function loopOf(steps: () => z.ZodType) {
  return section('a loop', {
    get loop() {
      return z.array(steps()).min(1).describe('The steps that are repeated');
    },
    ...LOOP_OPTIONS,
  });
}

/** Steps that the http engines understand. */
export const httpStep: z.ZodType = z
  .lazy(() => oneOf('a step', [...requestSteps, ...COMMON_STEPS, loopOf(() => httpStep), parallel] as unknown as Steps))
  .meta({ id: 'httpStep' });

const parallel = section('a parallel step', {
  get parallel() {
    return z.array(httpStep).min(1).describe('Steps that run at the same time');
  },
  limit: z.int().min(1).describe('How many of them at the same time (default: 100)').optional(),
});

const captures = oneOrMore('a capture', capture).describe('Takes values out of the message, for later steps');
const matches = oneOrMore('a match', match).describe('Compares parts of the message; a difference ends the user');

const connect = oneOf('an address, or a map of options', [
  z.string().min(1, FIRM),
  openSection('options of a connection', {
    function: functionName.describe('A function of the processor that prepares the connection').optional(),
    target: z.string().describe('Address to connect to, instead of config.target').optional(),
    ...webSocketOptions,
  }),
]);

/** Steps that the ws engine understands. */
export const wsStep: z.ZodType = z
  .lazy(() =>
    oneOf('a step', [
      section('a connect step', { connect: connect.describe('How to connect; only as the first step') }),
      section('a send step', { send: z.unknown().describe('Sends a message: a text, or a map that is sent as JSON') }),
      section('a wait step', {
        wait: section('what to wait for', {
          capture: captures.optional(),
          match: matches.optional(),
          payload: z.unknown().describe('A message to send first').optional(),
        }).describe('Waits for a message'),
      }),
      ...COMMON_STEPS,
      loopOf(() => wsStep),
    ] as unknown as Steps),
  )
  .meta({ id: 'wsStep' });

const answer = {
  data: z.unknown().describe('What must come').optional(),
  args: z.unknown().describe('Same as data').optional(),
  capture: captures.optional(),
  match: matches.optional(),
};

const emitStep = section('an emit step', {
  emit: oneOf('a list of arguments, or channel and data', [
    z.array(z.unknown()).min(1, FIRM),
    section('an emit', {
      channel: z.string().describe('Name of the event'),
      data: z.unknown().describe('What is sent with it').optional(),
      concat: z.boolean().describe('Has no effect here; see response').optional(),
    }),
  ]).describe('Sends an event: a list of its name and arguments, or channel and data'),
  namespace: z.string().describe('Namespace, for example /admin').optional(),
  response: section('a response', {
    on: z.string().describe('Name of the event to wait for').optional(),
    channel: z.string().describe('Same as on').optional(),
    concat: z.boolean().describe('Compare with everything that came, not only with the last').optional(),
    ...answer,
  })
    .describe('Waits for an event')
    .optional(),
  acknowledge: section('an acknowledgement', answer).describe('Waits for the acknowledgement').optional(),
});

/** Steps that the socketio engine understands: its own and those of the http engine. */
export const socketIoStep: z.ZodType = z
  .lazy(() =>
    oneOf('a step', [
      emitStep,
      ...requestSteps,
      ...COMMON_STEPS,
      loopOf(() => socketIoStep),
      parallel,
    ] as unknown as Steps),
  )
  .meta({ id: 'socketIoStep' });

/** The steps of each dialect. */
export const STEPS: Readonly<Record<Dialect, z.ZodType>> = { http: httpStep, ws: wsStep, socketio: socketIoStep };

/** What the steps of each dialect are called, for messages. */
export const STEP_NAMES: Readonly<Record<Dialect, readonly string[]>> = {
  http: [...METHODS, 'think', 'function', 'loop', 'parallel', 'log', 'include'],
  ws: ['connect', 'send', 'wait', 'think', 'function', 'loop', 'log', 'include'],
  socketio: ['emit', ...METHODS, 'think', 'function', 'loop', 'parallel', 'log', 'include'],
};
