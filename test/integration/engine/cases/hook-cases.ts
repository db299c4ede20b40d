import type { EngineCase, Spec } from '../engine-case.ts';

const visit = (query: string, more: Spec = {}): Spec => ({ get: { url: `/echo?${query}`, ...more } });
const change = (hook: string): EngineCase => ({
  claim: `beforeRequest changes the request: ${hook}`,
  users: [{ user: 'ann' }, { user: 'bob' }],
  flow: [
    { post: { url: '/echo?get', headers: { a: 'b' }, beforeRequest: hook, afterResponse: 'logResponse' } },
    { post: { url: '/echo?json', json: { old: 1 }, qs: { q: 1 }, beforeRequest: hook, afterResponse: 'logResponse' } },
    { post: { url: '/echo?body', body: 'old', name: 'old', beforeRequest: hook } },
    { post: { url: '/echo?form', form: { old: 1 }, beforeRequest: hook } },
    { get: { url: '/private', beforeRequest: hook } },
    visit('{{ user }}'),
  ],
});

/** Functions of the processor around scenarios and requests: order, what they are given, what they may change. */
export const HOOK_CASES: readonly EngineCase[] = [
  {
    claim: 'hooks run in order: scenario, then step, with what they may look at',
    users: [{ user: 'ann' }],
    scenario: {
      beforeScenario: 'logStep',
      afterScenario: ['logStepAsync'],
      beforeRequest: ['logRequest'],
      afterResponse: 'logResponse',
    },
    flow: [
      {
        get: {
          url: '/json?{{ user }}',
          name: 'Read {{ user }}',
          qs: { a: '{{ user }}' },
          headers: { 'X-A': '{{ user }}' },
          capture: { json: '$.id', as: 'id' },
        },
      },
      {
        post: {
          url: '/echo',
          json: { id: '{{ id }}' },
          beforeRequest: 'logRequestAsync',
          afterResponse: ['logResponseAsync', 'logResponse'],
        },
      },
      {
        post: {
          url: '/echo',
          body: 'text {{ id }}',
          cookie: { a: 'b' },
          auth: { user: '{{ user }}', pass: 'x' },
          gzip: true,
        },
      },
      { put: { url: '/echo', form: { a: '{{ id }}' }, followRedirect: false, expect: [{ statusCode: 200 }] } },
    ],
  },
  {
    claim: 'names of hooks may be templates',
    users: [{ hook: 'logRequest' }],
    flow: [visit('a', { beforeRequest: '{{ hook }}', afterResponse: '{{ missing }}' })],
  },
  {
    claim: 'a hook that is not there is told on the console, and the user goes on',
    scenario: { beforeRequest: 'nowhere', afterResponse: 'nowhereElse' },
    flow: [visit('a'), visit('b')],
  },
  ...[
    'setJson',
    'setBody',
    'setBuffer',
    'setForm',
    'setHeader',
    'setUrl',
    'setAbsoluteUrl',
    'setUri',
    'setMethod',
    'setSearchParams',
    'setQs',
    'setCookie',
    'setAuth',
    'setName',
    'setVariable',
  ].map(change),
  {
    claim: 'headers changed in place stay changed for the users after',
    users: [{}, {}],
    flow: [visit('a', { headers: { a: 'b' }, beforeRequest: 'addHeaderInPlace' }), visit('b', { headers: { a: 'b' } })],
  },
  {
    claim: 'beforeRequest turns off the following of redirects',
    flow: [{ get: { url: '/redirect/302?to=/echo', beforeRequest: 'setFollowRedirect' } }, visit('end')],
  },
  {
    claim: 'beforeRequest takes the address away',
    patienceMs: 300,
    scenario: { onError: 'logError' },
    flow: [visit('a', { beforeRequest: 'deleteUrl' }), visit('never')],
  },
  {
    claim: 'beforeRequest sets a shorter timeout',
    errors: ['ETIMEDOUT'],
    flow: [{ get: { url: '/slow-head?ms=400', beforeRequest: 'setShortTimeout' } }],
  },
  {
    claim: 'afterResponse reads the body and sets variables',
    flow: [{ get: { url: '/json', afterResponse: 'readBody' } }, visit('{{ read.nested.deep.value }}')],
  },
  {
    claim: 'afterResponse sees packed bodies unpacked',
    flow: [
      { get: { url: '/packed/br', afterResponse: 'logResponse' } },
      { get: { url: '/packed/gzip', gzip: false, afterResponse: 'emitMetrics' } },
    ],
  },
  {
    claim: 'afterResponse sees answers without a body',
    flow: [
      { get: { url: '/status/204', afterResponse: 'logResponse' } },
      { head: { url: '/json', afterResponse: 'logResponse' } },
      { get: { url: '/empty', afterResponse: 'logResponse' } },
    ],
  },
  {
    claim: 'afterResponse sees headers of several values',
    flow: [{ get: { url: '/set-cookies?cookie=a%3D1&cookie=b%3D2', afterResponse: 'logResponse' } }],
  },
  {
    claim: 'afterResponse runs once, for the last answer of a chain of redirects',
    flow: [{ get: { url: '/hops/2', afterResponse: 'logResponse', capture: { json: '$.arrived', as: 'arrived' } } }],
  },
  {
    claim: 'afterResponse runs when a capture fails',
    errors: ['Failed capture or match'],
    scenario: { onError: 'logError' },
    flow: [{ get: { url: '/json', capture: { json: '$.none', as: 'x' }, afterResponse: 'logResponse' } }],
  },
  { claim: 'afterResponse emits metrics', flow: [visit('a', { afterResponse: 'emitMetrics' })] },
  ...['fail', 'failWithCode', 'failRejecting', 'failThrowing', 'failWithText'].flatMap((hook): EngineCase[] => [
    {
      claim: `beforeRequest ends the user: ${hook}`,
      patienceMs: 300,
      scenario: { onError: 'logError', afterScenario: 'logStep' },
      flow: [visit('a'), visit('b', { beforeRequest: ['logRequest', hook, 'logRequestAsync'] }), visit('never')],
    },
    {
      claim: `afterResponse ends the user: ${hook}`,
      patienceMs: 300,
      scenario: { onError: 'logError', afterScenario: 'logStep' },
      flow: [visit('a', { afterResponse: ['logResponse', hook, 'logResponseAsync'] }), visit('never')],
    },
    {
      claim: `beforeScenario ends the user: ${hook}`,
      patienceMs: 300,
      scenario: { beforeScenario: ['logStep', hook], onError: 'logError' },
      flow: [visit('never')],
    },
    {
      claim: `afterScenario ends the user: ${hook}`,
      patienceMs: 300,
      scenario: { afterScenario: [hook, 'logStep'], onError: 'logError' },
      flow: [visit('a')],
    },
  ]),
  {
    claim: 'a beforeScenario that is not there counts an error',
    errors: ['Undefined function "nowhere"'],
    scenario: { beforeScenario: 'nowhere' },
    flow: [visit('a')],
  },
  {
    claim: 'onError is called when a connection is refused',
    errors: ['ECONNREFUSED'],
    scenario: { onError: ['logError', 'logErrorAgain'], afterScenario: 'logStep' },
    flow: [visit('a'), { post: { url: '<refused>/x', name: 'Refused', json: { a: 1 } } }, visit('never')],
  },
  {
    claim: 'an onError that fails ends with the first error',
    errors: ['ECONNREFUSED'],
    scenario: { onError: ['failInOnError', 'logError'] },
    flow: [{ get: { url: '<refused>/x' } }],
  },
  {
    claim: 'onError is not called for answers of the 500s',
    scenario: { onError: 'logError' },
    flow: [{ get: { url: '/status/500' } }],
  },
  {
    claim: 'an onError of a step is not read',
    errors: ['ECONNREFUSED'],
    flow: [{ get: { url: '<refused>/x', onError: 'logError' } }],
  },
  {
    claim: 'an onError that is not there',

    patienceMs: 300,
    scenario: { onError: 'nowhere' },
    flow: [{ get: { url: '<refused>/x' } }],
  },
  {
    claim: 'hooks of a step inside loops and branches',
    users: [{ user: 'ann' }],
    scenario: { beforeRequest: 'logRequest', afterResponse: 'logResponse' },
    flow: [{ loop: [visit('{{ $loopCount }}')], count: 2 }, { parallel: [visit('p')] }],
  },
  {
    claim: 'hooks of a request that is left out do not run',
    flow: [
      visit('a', { ifTrue: 'false', beforeRequest: 'logRequest' }),
      visit('b', { probability: 0, beforeRequest: 'logRequest' }),
      visit('end'),
    ],
  },
];
