import type { EngineCase } from '../engine-case.ts';

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

const USER = [
  { user: 'ann', id: 7, admin: true, list: [1, 2], place: { city: 'Köln', 'zip code': '50667' }, none: null },
];

/** What goes into a request: method, address, query, headers, body. */
export const REQUEST_CASES: readonly EngineCase[] = [
  ...verbs.map(
    (verb): EngineCase => ({
      claim: `${verb} sends its method and the default headers`,
      flow: [{ [verb]: { url: '/echo' } }],
    }),
  ),
  { claim: 'trace sends its method', flow: [{ trace: { url: '/echo' } }] },
  { claim: 'a verb nobody knows is sent as it is', flow: [{ purge: { url: '/echo' } }] },
  { claim: 'uri stands for url', flow: [{ get: { uri: '/echo?uri' } }] },
  {
    claim: 'url wins over uri in the step, uri wins when the request is sent',
    flow: [{ get: { url: '/echo?url', uri: '/echo?uri' } }],
  },
  { claim: 'an absolute url is not put behind the target', flow: [{ get: { url: '<other>/echo' } }] },
  {
    claim: 'the target may carry a path',
    config: { target: '<target>/echo' },
    flow: [{ get: { url: '/below?x=1' } }],
  },
  { claim: 'the target may end in a slash', config: { target: '<target>/' }, flow: [{ get: { url: '/echo' } }] },
  {
    claim: 'a target may be overruled by the variable target in an absolute address',
    flow: [{ get: { url: '{{ target }}/echo' } }],
  },
  {
    claim: 'templates in the address are filled in: names, indices, brackets, spaces, nothing for what is not there',
    users: USER,
    flow: [
      { get: { url: '/echo/{{ user }}/{{id}}/{{ place.city }}/{{ list[1] }}/{{ place["zip code"] }}' } },
      { get: { url: '/echo?missing={{ missing }}&also={{ place.missing }}&none={{ none }}' } },
      { get: { url: '/echo?object={{ place }}&list={{ list }}' } },
    ],
  },
  {
    claim: 'a template that yields a template is filled in again',
    users: [{ outer: '{{ inner }}', inner: 'end' }],
    flow: [{ get: { url: '/echo?x={{ outer }}&y=1' } }],
  },
  {
    claim: 'functions in templates are called',
    flow: [
      { get: { url: '/echo?text={{ $randomString(5) }}' } },
      { get: { url: '/echo?number={{ $randomNumber(3, 3) }}&text={{ $randomString() }}' } },
    ],
  },
  {
    claim: 'an unknown function in a template is left out',
    flow: [{ get: { url: '/echo?x={{ $noSuchFunction(1) }}' } }],
  },
  {
    claim: 'a value that holds dollar signs is put in as replace() reads it',
    users: [{ price: "5$$6$'7" }],
    flow: [{ get: { url: '/echo?x={{ price }}&end' } }],
  },
  {
    claim: 'letters beyond ASCII, spaces and escapes in the address are encoded alike',
    flow: [
      { get: { url: '/echo/ä ö?q=ü ß&r=%20+%2B' } },
      { get: { url: '/echo/a%2Fb/../c/./d' } },
      { get: { url: '/echo?q=a#fragment' } },
      { get: { url: '/echo?q=[1]{2}|3^4`5"6<7>8\\9' } },
      { get: { url: '/echo//double' } },
    ],
  },
  {
    claim: 'qs becomes the query: numbers, booleans, lists, empty values, templates in names and values',
    users: USER,
    flow: [
      { get: { url: '/echo', qs: { a: 1, b: true, c: 'x y&z', d: '', e: ['1', '2'] } } },
      { get: { url: '/echo', qs: { user: '{{ user }}', '{{ user }}': 'name', id: '{{ id }}', list: '{{ list }}' } } },
      { get: { url: '/echo', qs: { none: null, missing: '{{ missing }}', object: '{{ place }}', umlaut: 'ä' } } },
    ],
  },
  {
    claim: 'qs takes the place of a query in the address',
    flow: [{ get: { url: '/echo?old=1', qs: { new: 2 } } }],
  },
  { claim: 'an empty qs leaves the query of the address', flow: [{ get: { url: '/echo?old=1', qs: {} } }] },
  {
    claim: 'headers are sent in lower case with templates filled in, numbers as text',
    users: USER,
    flow: [
      {
        get: {
          url: '/echo',
          headers: {
            'X-User': '{{ user }}',
            'X-Number': 5,
            'X-Bool': true,
            'X-Empty': '',
            'User-Agent': 'me',
            Accept: 'text/plain',
          },
        },
      },
    ],
  },
  {
    claim: 'a header without a value is left out',
    users: USER,
    flow: [{ get: { url: '/echo', headers: { 'x-missing': '{{ missing }}', 'x-there': '1' } } }],
  },
  {
    claim: 'a header of several values',
    flow: [{ get: { url: '/echo', headers: { 'x-list': ['a', 'b'] } } }],
  },
  {
    claim: 'a header whose value is null',
    flow: [{ get: { url: '/echo', headers: { 'x-null': null, 'x-there': '1' } } }],
  },
  {
    claim: 'host, connection, content-length and transfer-encoding written by hand',
    flow: [
      { get: { url: '/echo', headers: { host: 'shop.example' } } },
      { get: { url: '/echo', headers: { Connection: 'close' } } },
      { post: { url: '/echo', headers: { 'content-length': '3' }, body: 'abc' } },
      { post: { url: '/echo', headers: { 'transfer-encoding': 'chunked' }, body: 'abc' } },
      { post: { url: '/echo', headers: { 'accept-encoding': 'identity' } } },
    ],
  },
  {
    claim: 'default headers of config.http.defaults take the place of the user agent',
    config: { http: { defaults: { headers: { 'X-Default': '{{ user }}', 'X-Over': 'default' } } } },
    users: USER,
    flow: [{ get: { url: '/echo', headers: { 'x-over': 'step' } } }],
  },
  {
    claim: 'default headers of config.defaults count where config.http has none',
    config: { defaults: { headers: { 'X-Default': 'old' } } },
    flow: [{ get: { url: '/echo' } }],
  },
  {
    claim: 'default headers of config.http win over those of config.defaults',
    config: { defaults: { headers: { 'X-Old': 'old' } }, http: { defaults: { headers: { 'X-New': 'new' } } } },
    flow: [{ get: { url: '/echo' } }],
  },
  {
    claim: 'json is sent with its types, templates keep the type of what they name',
    users: USER,
    flow: [
      {
        post: {
          url: '/echo',
          json: {
            text: 'user {{ user }}',
            id: '{{ id }}',
            admin: '{{ admin }}',
            list: '{{ list }}',
            place: '{{ place }}',
            none: '{{ none }}',
            missing: '{{ missing }}',
            nested: [{ deep: '{{ id }}' }, 'x{{ id }}', 1.5, null, false],
            '{{ user }}': 'key',
          },
        },
      },
      { post: { url: '/echo', json: ['{{ id }}', { a: 1 }] } },
      { put: { url: '/echo', json: '{{ place }}' } },
      { patch: { url: '/echo', json: 'only text' } },
      { delete: { url: '/echo', json: { id: '{{ id }}' } } },
    ],
  },
  {
    claim: 'json: true, a number, an empty object',
    flow: [true, 5, {}, []].map((json) => ({ post: { url: '/echo', json } })),
  },
  {
    claim: 'json with keys that hold dots and brackets',
    flow: [{ post: { url: '/echo', json: { 'a.b': 1, 'c[0]': 2, d: { 'e.f': '{{ x }}', 'g h': 3 } } } }],
    users: [{ x: 'filled' }],
  },
  {
    claim: 'json with a content-type and an accept of its own',
    flow: [
      {
        post: { url: '/echo', json: { a: 1 }, headers: { 'Content-Type': 'application/vnd.api+json', accept: '*/*' } },
      },
    ],
  },
  { claim: 'json wins over body', flow: [{ post: { url: '/echo', json: { a: 1 }, body: 'text' } }] },
  {
    claim: 'body is sent as text with templates filled in',
    users: USER,
    flow: [
      { post: { url: '/echo', body: 'user={{ user }}&ünïcödé' } },
      { post: { url: '/echo', body: '<x>{{ id }}</x>', headers: { 'content-type': 'application/xml' } } },
      { put: { url: '/echo', body: '' } },
      { post: { url: '/echo', body: '{{ missing }}' } },
    ],
  },
  {
    claim: 'a body that is an object or a number ends the user with an error',
    users: [{}, {}],
    flow: [{ post: { url: '/echo', body: { a: 1 } } }],
  },
  { claim: 'a body that is a number', flow: [{ post: { url: '/echo', body: 5 } }] },
  {
    claim: 'a body that becomes an object through its template',
    users: USER,
    flow: [{ post: { url: '/echo', body: '{{ place }}' } }],
  },
  {
    claim: 'a body with get, head and delete',
    flow: ['get', 'delete', 'options'].map((verb) => ({ [verb]: { url: '/echo', body: 'text' } })),
  },
  { claim: 'json with get', flow: [{ get: { url: '/echo', json: { a: 1 } } }] },
  { claim: 'json with head', flow: [{ head: { url: '/echo', json: { a: 1 } } }] },
  {
    claim: 'form is sent url-encoded',
    users: USER,
    flow: [
      { post: { url: '/echo', form: { user: '{{ user }}', id: '{{ id }}', text: 'a b&c=ü', admin: true, empty: '' } } },
      { put: { url: '/echo', form: { list: ['a', 'b'] } } },
    ],
  },
  {
    claim: 'form values that are missing or null',
    users: USER,
    flow: [{ post: { url: '/echo', form: { missing: '{{ missing }}', none: null, a: 1 } } }],
  },
  { claim: 'form together with json', flow: [{ post: { url: '/echo', form: { a: 1 }, json: { b: 2 } } }] },
  { claim: 'form together with body', flow: [{ post: { url: '/echo', form: { a: 1 }, body: 'text' } }] },
  {
    claim: 'formData is sent as multipart',
    users: USER,
    flow: [
      { post: { url: '/echo', formData: { user: '{{ user }}', id: '{{ id }}', text: 'ä b' } } },
      { post: { url: '/echo', formData: { data: { value: '{"a":1}', contentType: 'application/json' } } } },
    ],
  },
  {
    claim: 'formData sends files',
    users: [{ name: 'authority' }],
    flow: [
      { post: { url: '/echo', formData: { file: { fromFile: 'certificates/authority.pem' }, note: 'with a file' } } },
      {
        post: {
          url: '/echo',
          formData: { file: { fromFile: './certificates/{{ name }}.pem', contentType: 'text/x-pem' } },
        },
      },
    ],
  },
  {
    claim: 'formData of a file that is not there ends the user',
    flow: [{ post: { url: '/echo', formData: { file: { fromFile: 'nowhere.txt' } } } }, { get: { url: '/echo' } }],
  },
  {
    claim: 'formData with a boolean ends the user',
    users: USER,
    flow: [{ post: { url: '/echo', formData: { admin: true } } }],
  },
  { claim: 'formData with a list', users: USER, flow: [{ post: { url: '/echo', formData: { list: ['a', 'b'] } } }] },
  {
    claim: 'name and unknown keys of a step are not sent',
    users: USER,
    flow: [{ get: { url: '/echo', name: 'Echo {{ user }}', expect: { statusCode: 200 }, somethingElse: 1 } }],
  },
  {
    claim: 'a step takes its first key as the verb',
    flow: [{ get: { url: '/echo?first' }, post: { url: '/echo?second' } }],
  },
  { claim: 'a verb in capital letters', flow: [{ GET: { url: '/echo' } }] },
];
