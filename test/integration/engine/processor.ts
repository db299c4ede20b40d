import type { HookCall } from './observation.ts';
import { describeError, plain, plainVars } from './plain.ts';

type Vars = Record<string, unknown>;
interface Context {
  readonly vars: Vars;
}
interface Events {
  emit(name: string, ...values: unknown[]): unknown;
}
type Request = Record<string, unknown> & { headers?: Record<string, unknown> };
type Response = Record<string, unknown> & { timings?: { phases?: Vars } };
type Next = (error?: unknown) => void;

/** The functions that the cases call, as a processor exports them. */
export type Processor = Record<string, (...parameters: never[]) => unknown>;

/** Fields of a request's parameters that belong to the workings of an engine, not to the language. */
const WORKINGS = new Set([
  'agent',
  'retry',
  'https',
  'cookieJar',
  'throwHttpErrors',
  'decompress',
  'uuid',
  'searchParams',
]);

/** Makes the functions of the processor. @param calls where their calls are written down. */
export function createProcessor(calls: HookCall[]): Processor {
  const logged = (hook: string, context: Context, more: Omit<HookCall, 'hook' | 'vars'> = {}): void => {
    calls.push({ hook, ...more, vars: plainVars(context.vars) });
  };
  return { ...loggingHooks(logged), ...changingHooks(), ...failingHooks(logged), ...conditions() };
}

type Log = (hook: string, context: Context, more?: Omit<HookCall, 'hook' | 'vars'>) => void;

function loggingHooks(log: Log): Processor {
  return {
    logRequest(request: Request, context: Context, _events: Events, next: Next) {
      log('logRequest', context, { request: describeRequest(request) });
      next();
    },
    async logRequestAsync(request: Request, context: Context) {
      await Promise.resolve();
      log('logRequestAsync', context, { request: describeRequest(request) });
    },
    logResponse(request: Request, response: Response, context: Context, _events: Events, next: Next) {
      log('logResponse', context, { request: describeRequest(request), response: describeResponse(response) });
      next();
    },
    async logResponseAsync(request: Request, response: Response, context: Context) {
      await Promise.resolve();
      log('logResponseAsync', context, { request: describeRequest(request), response: describeResponse(response) });
    },
    logStep(context: Context, _events: Events, next: Next) {
      log('logStep', context);
      next();
    },
    async logStepAsync(context: Context) {
      await Promise.resolve();
      log('logStepAsync', context);
    },
    logError(error: unknown, request: Request, context: Context, _events: Events, next: Next) {
      log('logError', context, { error: describeError(error), request: describeRequest(request) });
      next();
    },
    logErrorAgain(error: unknown, _request: Request, context: Context, _events: Events, next: Next) {
      log('logErrorAgain', context, { error: describeError(error) });
      next();
    },
  };
}

function changingHooks(): Processor {
  const change =
    (how: (request: Request, vars: Vars) => void) => (request: Request, context: Context, _: Events, next: Next) => {
      how(request, context.vars);
      next();
    };
  return {
    setJson: change((request) => Object.assign(request, { json: { from: 'hook', user: '{{ user }}' } })),
    setBody: change((request) => Object.assign(request, { body: 'body of {{ user }}' })),
    setBuffer: change((request) => Object.assign(request, { body: Buffer.from([1, 2, 255]) })),
    setForm: change((request) => Object.assign(request, { form: { from: 'hook' } })),
    setHeader: change((request) =>
      Object.assign(request, { headers: { ...request.headers, 'X-From-Hook': '{{ user }}' } }),
    ),
    addHeaderInPlace: change((request) => Object.assign(request.headers ?? {}, { 'x-in-place': 'yes' })),
    setUrl: change((request) => Object.assign(request, { url: '/echo?from={{ user }}' })),
    setAbsoluteUrl: change((request, vars) => Object.assign(request, { url: `${String(vars.target)}/echo?absolute` })),
    setUri: change((request) => Object.assign(request, { uri: '/echo?uri={{ user }}' })),
    deleteUrl: change((request) => delete request.url),
    setMethod: change((request) => Object.assign(request, { method: 'PUT' })),
    setSearchParams: change((request) => Object.assign(request, { searchParams: 'set=by+hook' })),
    setQs: change((request) => Object.assign(request, { qs: { set: 'by hook' } })),
    setCookie: change((request) => Object.assign(request, { cookie: { hook: '{{ user }}' } })),
    setAuth: change((request) => Object.assign(request, { auth: { user: 'ann', pass: 's3cret' } })),
    setFollowRedirect: change((request) => Object.assign(request, { followRedirect: false })),
    setName: change((request) => Object.assign(request, { name: 'named by {{ user }}' })),
    setShortTimeout: change((request) => Object.assign(request, { timeout: 0.1 })),
    setVariable: change((_request, vars) => Object.assign(vars, { user: 'changed' })),
    setList(context: Context, _events: Events, next: Next) {
      context.vars.list = ['a', 'b', 'c'];
      next();
    },
    async nameUser(context: Context) {
      context.vars.user = 'set by a function';
    },
    readBody(_request: Request, response: Response, context: Context, _events: Events, next: Next) {
      context.vars.read = JSON.parse(String(response.body));
      next();
    },
    emitMetrics(_request: Request, _response: Response, _context: Context, events: Events, next: Next) {
      events.emit('counter', 'custom.count', 2);
      events.emit('histogram', 'custom.histogram', 5);
      events.emit('rate', 'custom.rate');
      events.emit('error', 'custom error');
      next();
    },
    emitInStep(_context: Context, events: Events, next: Next) {
      events.emit('counter', 'custom.count', 1);
      events.emit('histogram', 'custom.histogram', 5);
      next();
    },
  };
}

function failingHooks(log: Log): Processor {
  const last = (parameters: readonly unknown[]): Next => parameters.at(-1) as Next;
  return {
    fail: (...parameters: unknown[]) => last(parameters)(new Error('hook failed')),
    failWithCode: (...parameters: unknown[]) =>
      last(parameters)(Object.assign(new Error('hook failed'), { code: 'EHOOK' })),
    failWithText: (...parameters: unknown[]) => last(parameters)('only a text'),
    failThrowing() {
      throw new Error('hook threw');
    },
    async failRejecting() {
      throw new Error('hook rejected');
    },
    neverDone() {},
    failInOnError(error: unknown, _request: Request, context: Context, _events: Events, next: Next) {
      log('failInOnError', context, { error: describeError(error) });
      next(new Error('onError failed'));
    },
    notAFunction: 'text' as unknown as () => void,
  };
}

function conditions(): Processor {
  return {
    isAdmin: (vars: Vars) => vars.role === 'admin',
    throwsInCondition() {
      throw new Error('condition threw');
    },
    untilThree(context: Context, next: (isAgain: boolean) => void) {
      context.vars.rounds = Number(context.vars.rounds ?? 0) + 1;
      next(Number(context.vars.rounds) < 3);
    },
    untilThreeLater(context: Context, next: (isAgain: boolean) => void) {
      context.vars.rounds = Number(context.vars.rounds ?? 0) + 1;
      setTimeout(() => next(Number(context.vars.rounds) < 3), 1);
    },
  };
}

function describeRequest(request: Request): unknown {
  return plain(Object.fromEntries(Object.entries(request).filter(([key]) => !WORKINGS.has(key))));
}

function describeResponse(response: Response): unknown {
  const phases = Object.entries(response.timings?.phases ?? {}).filter(([, value]) => value !== undefined);
  return plain({
    statusCode: response.statusCode,
    statusMessage: response.statusMessage,
    url: response.url,
    headers: response.headers,
    body: response.body,
    phases: Object.fromEntries(phases.map(([name, value]) => [name, typeof value])),
  });
}
