import type { EngineCase, Spec } from '../engine-case.ts';

const show: Spec = { get: { url: '/echo?cookies' } };
const set = (...cookies: readonly string[]): Spec => ({
  get: { url: `/set-cookies?${cookies.map((cookie) => `cookie=${encodeURIComponent(cookie)}`).join('&')}` },
});
const redirect = (code: number, to: string, verb = 'get', more: Spec = {}): Spec => ({
  [verb]: { url: `/redirect/${code}?to=${encodeURIComponent(to)}`, ...more },
});

const COOKIES: readonly EngineCase[] = [
  {
    claim: 'cookies of an answer are sent with the requests after it',
    flow: [show, set('a=1', 'b=2; HttpOnly'), show, set('a=3', 'c=4'), show],
  },
  { claim: 'users do not share cookies', users: [{}, {}], flow: [show, set('a=1'), show] },
  {
    claim: 'cookies heed their path',
    flow: [set('deep=1; Path=/echo/deep', 'all=1; Path=/'), show, { get: { url: '/echo/deep/x' } }],
  },
  {
    claim: 'cookies expire',
    flow: [set('a=1', 'b=2'), show, set('a=; Max-Age=0', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), show],
  },
  {
    claim: 'cookies of another domain are not taken',
    flow: [set('a=1'), set('evil=1; Domain=example.org', 'b=2'), show],
  },
  { claim: 'cookies marked Secure do not go over HTTP', flow: [set('safe=1; Secure', 'open=1'), show] },
  { claim: 'a cookie that cannot be read', flow: [set('=broken', 'a=1'), set('', 'b=1'), show] },
  { claim: 'cookies do not go to another host', flow: [set('a=1'), { get: { url: '<other>/echo' } }] },
  {
    claim: 'a redirect may set cookies',
    flow: [set('first=1'), { get: { url: '/redirect/302?to=/echo&cookie=a%3D1' } }, show],
  },
  {
    claim: 'a redirect that sets the first cookie of a user takes it along',
    flow: [{ get: { url: '/redirect/302?to=/echo&cookie=a%3D1%3B%20Path%3D/' } }, show],
  },
  {
    claim: 'the first redirect of a user may set cookies',
    flow: [{ get: { url: '/redirect/302?to=/echo&cookie=a%3D1' } }, show],
  },
  {
    claim: 'cookie of a step is sent, and kept',
    users: [{ user: 'ann' }],
    flow: [{ get: { url: '/echo?a', cookie: { session: 'x-{{ user }}', n: 5 } } }, show],
  },
  {
    claim: 'cookie of a step and cookies of the server together',
    flow: [set('a=1', 'b=2'), { get: { url: '/echo', cookie: { b: 'own', c: '3' } } }, show],
  },
  {
    claim: 'cookies of the defaults go with every request',
    config: { http: { defaults: { cookie: { lang: 'de', user: '{{ user }}' } } } },
    users: [{ user: 'ann' }],
    flow: [show, set('lang=en'), show, { get: { url: '/echo', cookie: { lang: 'fr' } } }],
  },
  { claim: 'cookies of config.defaults', config: { defaults: { cookie: { old: '1' } } }, flow: [show] },
  {
    claim: 'a cookie written as a header',
    flow: [
      { get: { url: '/echo', headers: { cookie: 'mine=1' } } },
      set('a=1'),
      { get: { url: '/echo', headers: { Cookie: 'mine=1' } } },
    ],
  },
  {
    claim: 'cookies in a loose form are taken where cookieJarOptions say so',
    config: { http: { cookieJarOptions: { looseMode: true } } },
    flow: [set('a=1'), set('loose'), show],
  },
  {
    claim: 'cookies over TLS',
    config: { tls: { rejectUnauthorized: false }, target: '<secure>' },
    flow: [set('safe=1; Secure; SameSite=Strict'), show],
  },
];

const REDIRECTS: readonly EngineCase[] = [
  ...[301, 302, 303, 307, 308].flatMap((code): EngineCase[] => [
    { claim: `a ${code} is followed`, flow: [redirect(code, '/echo?to=here')] },
    {
      claim: `a ${code} after post, put and delete`,
      flow: ['post', 'put', 'delete'].map((verb) => redirect(code, '/echo?to=here', verb, { json: { a: 1 } })),
    },
  ]),
  ...[300, 304, 305, 306].map(
    (code): EngineCase => ({
      claim: `a ${code} with a location`,
      patienceMs: 200,
      flow: [redirect(code, '/echo?to=here'), show],
    }),
  ),
  {
    claim: 'a redirect to an absolute address, and relative to the path',
    flow: [
      redirect(302, '<target>/echo?abs'),
      redirect(302, 'beside'),
      redirect(302, '../echo'),
      redirect(302, './beside?x=1'),
    ],
  },
  {
    claim: 'a redirect to another host takes neither authorization nor cookies along',
    flow: [
      set('a=1'),
      redirect(302, '<other>/echo', 'get', {
        auth: { user: 'ann', pass: 's3cret' },
        headers: { 'x-own': '1', authorization: 'Bearer x', cookie: 'c=1' },
      }),
    ],
  },
  {
    claim: 'a redirect to the same host takes headers and authorization along',
    flow: [
      redirect(302, '/echo', 'get', { headers: { 'x-own': '1', authorization: 'Bearer x' } }),
      redirect(302, '/private', 'get', { auth: { user: 'ann', pass: 's3cret' } }),
    ],
  },
  {
    claim: 'a redirect to another host after a post',
    flow: [redirect(307, '<other>/echo', 'post', { json: { a: 1 }, headers: { authorization: 'Bearer x' } })],
  },
  {
    claim: 'a redirect of a form',
    flow: [redirect(307, '/echo', 'post', { form: { a: 1 } }), redirect(302, '/echo', 'post', { form: { a: 1 } })],
  },
  {
    claim: 'a redirect of multipart with 302',
    patienceMs: 300,
    flow: [redirect(302, '/echo', 'post', { formData: { a: 'b' } })],
  },
  {
    claim: 'a redirect of multipart with 307',
    patienceMs: 300,
    flow: [redirect(307, '/echo', 'post', { formData: { a: 'b' } })],
  },
  {
    claim: 'followRedirect: false stays',
    flow: [
      redirect(302, '/echo', 'get', { followRedirect: false, capture: { header: 'location', as: 'to' } }),
      { get: { url: '{{ to }}' } },
    ],
  },
  {
    claim: 'a chain of ten redirects is followed',
    flow: [{ get: { url: '/hops/10', capture: { json: '$.arrived', as: 'arrived' } } }],
  },
  {
    claim: 'an eleventh redirect ends the user',
    patienceMs: 500,
    scenario: { onError: 'logError' },
    flow: [{ get: { url: '/hops/11' } }, show],
  },
  { claim: 'a circle of redirects ends the user', patienceMs: 500, flow: [{ get: { url: '/circle' } }, show] },
  { claim: 'maxRedirects of a step', patienceMs: 500, flow: [{ get: { url: '/hops/2', maxRedirects: 1 } }, show] },
  { claim: 'a redirect without a location', patienceMs: 200, flow: [{ get: { url: '/nowhere' } }, show] },
  {
    claim: 'a redirect to an address that cannot be read',
    patienceMs: 300,
    flow: [redirect(302, 'http://:bad:/'), show],
  },
  { claim: 'a redirect to another scheme', patienceMs: 300, flow: [redirect(302, 'ftp://example.org/x'), show] },
  {
    claim: 'a redirect to a host that refuses',
    patienceMs: 500,
    errors: ['ECONNREFUSED'],
    scenario: { onError: 'logError' },
    flow: [redirect(302, '<refused>/x'), show],
  },
  {
    claim: 'a password that is a number',
    users: [{ id: 7 }],
    flow: [{ get: { url: '/echo', auth: { user: 'ann', pass: '{{ id }}' } } }],
  },
  {
    claim: 'cookies of a step go along with its redirects',
    flow: [
      redirect(302, '/echo', 'get', { cookie: { own: '1' } }),
      redirect(302, '<other>/echo', 'get', { cookie: { own: '2' } }),
    ],
  },
  { claim: 'a timeout of 0 means the default', config: { http: { timeout: 0 } }, flow: [show] },
  { claim: 'bytes of a redirect', flow: [{ get: { url: '/redirect/302?to=/echo&body=moved' } }] },
  {
    claim: 'a redirect keeps the query that qs made only for the first',
    flow: [{ get: { url: '/redirect/302', qs: { to: '/echo?fresh=1' } } }],
  },
  { claim: 'a redirect to an address with letters beyond ASCII', flow: [redirect(302, '/echo/%C3%A4?q=%20')] },
];

const OTHERS: readonly EngineCase[] = [
  {
    claim: 'auth sends basic authentication with templates filled in',
    users: [{ user: 'ann', password: 's3cret' }],
    flow: [
      { get: { url: '/private', auth: { user: '{{ user }}', pass: '{{ password }}' } } },
      { get: { url: '/private', auth: { user: 'ann', pass: 'wrong' } } },
      { get: { url: '/private' } },
    ],
  },
  {
    claim: 'auth with letters beyond ASCII, colons, empty parts',
    flow: [
      { get: { url: '/echo', auth: { user: 'ännä', pass: 'a:b%@/' } } },
      { get: { url: '/echo', auth: { user: 'ann', pass: '' } } },
      { get: { url: '/echo', auth: { user: 'ann' } } },
    ],
  },
  {
    claim: 'auth and an authorization header',
    flow: [{ get: { url: '/echo', auth: { user: 'ann', pass: 'x' }, headers: { Authorization: 'Bearer y' } } }],
  },
  {
    claim: 'user and password in the address',
    config: { target: 'http://ann:s3cret@<targetHost>' },
    flow: [{ get: { url: '/private' } }, show],
  },
  { claim: 'a user keeps one connection', connections: true, flow: [show, show, show] },
  { claim: 'every user has a connection of its own', connections: true, users: [{}, {}, {}], flow: [show, show] },
  {
    claim: 'users share the connections of a pool',
    connections: true,
    users: [{}, {}, {}],
    config: { http: { pool: 1 } },
    flow: [show, show],
  },
  {
    claim: 'a pool of two holds for all users at once',
    connections: true,
    unordered: true,
    together: true,
    users: [{}, {}, {}, {}, {}],
    config: { http: { pool: 2 } },
    flow: [{ get: { url: '/slow-head?ms=20' } }],
  },
  {
    claim: 'a pool written as text',
    connections: true,
    unordered: true,
    together: true,
    users: [{}, {}, {}],
    config: { http: { pool: '1' } },
    flow: [show],
  },
  {
    claim: 'a connection that was closed is opened again',
    connections: true,
    flow: [{ get: { url: '/headers?connection=close' } }, show],
  },
  {
    claim: 'extendedMetrics add the phases of a request',
    config: { http: { extendedMetrics: true } },
    flow: [show, show],
  },
  {
    claim: 'extendedMetrics over TLS',
    config: { http: { extendedMetrics: true }, tls: { rejectUnauthorized: false } },
    flow: [{ get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'a certificate of an unknown authority ends the user',
    scenario: { onError: 'logError' },
    flow: [{ get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'tls.rejectUnauthorized: false takes any certificate',
    config: { tls: { rejectUnauthorized: false } },
    flow: [{ get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'tls.ca',
    config: { tls: { certificateAuthority: '<file:authority>' } },
    flow: [{ get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'tls with the certificate of the client',
    config: {
      tls: { certificateAuthority: '<file:authority>', certificate: '<file:client>', key: '<file:client-key>' },
    },
    flow: [{ get: { url: '<secure>/echo' } }, { get: { url: '/echo' } }],
  },
  {
    claim: 'tls.ca as Node names it',
    config: { tls: { ca: '<file:authority>' } },
    patienceMs: 500,
    flow: [{ get: { url: '<secure>/echo' } }],
  },
  { claim: 'https in a step', flow: [{ get: { url: '<secure>/echo', https: { rejectUnauthorized: false } } }] },
  {
    claim: 'HTTP_PROXY sends requests through a proxy',
    environment: { HTTP_PROXY: '<proxy>' },
    flow: [show, { get: { url: '<other>/echo' } }],
  },
  {
    claim: 'HTTPS_PROXY holds for https only',
    environment: { HTTPS_PROXY: '<proxy>' },
    config: { tls: { rejectUnauthorized: false } },
    flow: [show, { get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'both proxies with a pool',
    environment: { HTTP_PROXY: '<proxy>', HTTPS_PROXY: '<proxy>' },
    config: { tls: { rejectUnauthorized: false }, http: { pool: 2 } },
    flow: [show, { get: { url: '<secure>/echo' } }],
  },
  {
    claim: 'HTTP_PROXY at which nothing listens',
    environment: { HTTP_PROXY: '<refused>' },
    scenario: { onError: 'logError' },
    flow: [show],
  },
  {
    claim: 'distributedTracing sends a traceparent',
    config: { http: { distributedTracing: true } },
    flow: [show, { post: { url: '/echo', json: { a: 1 } } }, redirect(302, '/echo')],
  },
  {
    claim: 'distributedTracing takes options',
    config: { http: { distributedTracing: { enabled: true, sampled: false, traceIdPrefix: 'BE!EF' } } },
    flow: [show],
  },
  { claim: 'distributedTracing: false sends none', config: { http: { distributedTracing: false } }, flow: [show] },
  {
    claim: 'distributedTracing switched off in its options sends none',
    config: { http: { distributedTracing: { enabled: false } } },
    flow: [show],
  },
];

/** Cookies, redirects, authentication, connections, TLS, proxies, tracing. */
export const CONNECTION_CASES: readonly EngineCase[] = [...COOKIES, ...REDIRECTS, ...OTHERS];
