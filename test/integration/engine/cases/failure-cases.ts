import type { EngineCase, Spec } from '../engine-case.ts';

const end: Spec = { get: { url: '/echo?never' } };
const failing = (claim: string, flow: readonly Spec[], more: Omit<EngineCase, 'claim' | 'flow'> = {}): EngineCase => ({
  claim,
  scenario: { onError: 'logError', afterScenario: 'logStep' },
  patienceMs: 600,
  flow: [...flow, end],
  ...more,
});

/** Servers that refuse, hang up, stall or talk nonsense, and steps that cannot be sent. */
export const FAILURE_CASES: readonly EngineCase[] = [
  failing('a refused connection is ECONNREFUSED', [{ get: { url: '<refused>/' } }], { errors: ['ECONNREFUSED'] }),
  failing('a reset connection is ECONNRESET', [{ get: { url: '/reset' } }], { errors: ['ECONNRESET'] }),
  failing('a connection closed without an answer is ECONNRESET', [{ get: { url: '/hangup' } }], {
    errors: ['ECONNRESET'],
  }),
  failing('a reset after a first request', [{ get: { url: '/echo' } }, { get: { url: '/reset' } }], {
    errors: ['ECONNRESET'],
  }),
  failing('a post that is reset is not sent again', [{ post: { url: '/hangup', json: { a: 1 } } }], {
    errors: ['ECONNRESET'],
  }),
  failing(
    'a get that is reset on a reused connection is not sent again',
    [{ get: { url: '/echo' } }, { get: { url: '/hangup' } }],
    { errors: ['ECONNRESET'] },
  ),
  failing('an answer that breaks off', [{ get: { url: '/half-body' } }]),
  failing('an answer that breaks off and is read', [
    { get: { url: '/half-body', capture: { regexp: 'half', as: 'x' } } },
  ]),
  failing('an answer that is not HTTP', [{ get: { url: '/garbage' } }]),
  failing('a slow head is ETIMEDOUT', [{ get: { url: '/slow-head?ms=400' } }], {
    config: { http: { timeout: 0.1 } },
    errors: ['ETIMEDOUT'],
  }),
  failing('timeout of config counts before config.http.timeout', [{ get: { url: '/slow-head?ms=300' } }], {
    config: { timeout: 0.1, http: { timeout: 5 } },
    errors: ['ETIMEDOUT'],
  }),
  failing(
    'a head in time with a slow body is no timeout',
    [{ get: { url: '/slow-body?ms=250', capture: { regexp: 'end', as: 'x' } } }],
    { config: { http: { timeout: 0.1 } } },
  ),
  failing('timeout of a step is not read', [{ get: { url: '/slow-head?ms=250', timeout: 0.1 } }]),
  failing('a timeout after a redirect', [{ get: { url: '/redirect/302?to=/slow-head?ms=300' } }], {
    config: { http: { timeout: 0.15 } },
  }),
  failing('a host that is not there', [{ get: { url: 'http://does-not-exist.invalid/' } }], { patienceMs: 3000 }),
  failing('a step without an address', [{ get: { headers: { a: 'b' } } }], { errors: ['an URL must be specified'] }),
  failing('an address that is empty', [{ get: { url: '' } }], { errors: ['an URL must be specified'] }),
  failing('an address that becomes empty', [{ get: { url: '{{ missing }}' } }]),
  failing('an address without scheme and slash', [{ get: { url: 'echo' } }]),
  failing('an address of another scheme', [{ get: { url: 'ftp://127.0.0.1/' } }]),
  failing('an address that cannot be read', [{ get: { url: 'http://a b/' } }]),
  failing('an address with a port that cannot be', [{ get: { url: 'http://127.0.0.1:99999/' } }]),
  failing('a step whose parameters are missing', [{ get: null }]),
  failing('a step whose parameters are text', [{ get: '/echo' }]),
  failing('a step without any key', [{}]),
  failing('a header name that cannot be sent', [{ get: { url: '/echo', headers: { 'bad name': '1' } } }]),
  failing('a header value that cannot be sent', [{ get: { url: '/echo', headers: { 'x-a': 'line\nbreak' } } }]),
  failing('a target without scheme', [{ get: { url: '/echo' } }], { config: { target: '127.0.0.1' } }),
  failing('no target', [{ get: { url: '/echo' } }], { config: { target: '' } }),
  failing('a capture with a regular expression that cannot be read', [
    { get: { url: '/text', capture: { regexp: '(', as: 'x' } } },
  ]),
  failing('a capture with a JSONPath that cannot be read', [
    { get: { url: '/json', capture: { json: '$[', as: 'x' } } },
  ]),
  failing('a capture with a selector that cannot be read', [
    { get: { url: '/html', capture: { selector: '[[', attr: 'x', as: 'x' } } },
  ]),
  failing('a failure of one user is no failure of the next', [{ get: { url: '{{ url }}' } }], {
    users: [{ url: '<refused>/' }, { url: '/echo' }],
    errors: ['ECONNREFUSED'],
  }),
  failing('a body that is not read is a failure too when it breaks off', [
    { post: { url: '/half-body', json: { a: 1 } } },
  ]),
  failing(
    'a refused connection inside parallel',
    [
      {
        parallel: [{ loop: [{ think: '40ms' }, { get: { url: '<refused>/' } }], count: 1 }, { get: { url: '/echo' } }],
      },
    ],
    { unordered: true, config: { http: { pool: 5 } }, errors: ['ECONNREFUSED'] },
  ),
  failing('whileTrue of a function that is not there never ends', [
    { loop: [{ get: { url: '/slow-head?ms=60' } }], whileTrue: 'nowhere', count: 2 },
  ]),
];
