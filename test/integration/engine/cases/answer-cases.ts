import type { EngineCase, Spec } from '../engine-case.ts';

const after = { get: { url: '/echo?after={{ x }}' } };
const capture = (url: string, ...specs: readonly Spec[]): Spec => ({ get: { url, capture: specs } });

/** What is taken from an answer: captures, matches, codes. */
export const ANSWER_CASES: readonly EngineCase[] = [
  {
    claim: 'captures by JSONPath keep their types',
    flow: [
      capture(
        '/json',
        { json: '$.id', as: 'id' },
        { json: '$.name', as: 'x' },
        { json: '$.nested', as: 'nested' },
        { json: '$.nested.deep.value', as: 'deep' },
        { json: '$.zero', as: 'zero' },
        { json: '$.no', as: 'no' },
        { json: '$.text', as: 'text' },
      ),
      { post: { url: '/echo?{{ x }}', json: { id: '{{ id }}', deep: '{{ nested.deep.value }}' } } },
    ],
  },
  { claim: 'a capture of null', flow: [capture('/json', { json: '$.nothing', as: 'x' }), after] },
  {
    claim: 'a single capture need not stand in a list',
    flow: [{ get: { url: '/json', capture: { json: '$.name', as: 'x' } } }, after],
  },
  {
    claim: 'multiple: false yields all that was found',
    flow: [
      capture(
        '/json',
        { json: '$.items[*].id', as: 'all', multiple: false },
        { json: '$.id', as: 'one', multiple: false },
        { json: '$.items[?(@.id==2)]', as: 'filtered', multiple: false },
        { json: '$..id', as: 'every', multiple: false },
      ),
    ],
  },
  { claim: 'a filter in a JSONPath', flow: [capture('/json', { json: '$.items[?(@.id>2)].id', as: 'x' }), after] },
  {
    claim: 'a template in a JSONPath',
    users: [{ key: 'name' }],
    flow: [capture('/json', { json: '$.{{ key }}', as: 'x' }), after],
  },
  { claim: 'a JSONPath into a list', flow: [capture('/list', { json: '$[1].id', as: 'x' }), after] },
  {
    claim: 'a variable of a capture may be a path',
    flow: [capture('/json', { json: '$.id', as: 'user.ids[0]' }), after],
  },
  {
    claim: 'a capture that finds nothing ends the user, and none of its captures is kept',
    errors: ['Failed capture or match'],
    flow: [capture('/json', { json: '$.name', as: 'x' }, { json: '$.missing', as: 'y' }), after],
  },
  {
    claim: 'an empty text counts as not found',
    errors: ['Failed capture or match'],
    flow: [capture('/json', { json: '$.empty', as: 'x' }), after],
  },
  {
    claim: 'with strict: false a user goes on',
    flow: [capture('/json', { json: '$.missing', as: 'x', strict: false }, { json: '$.id', as: 'id' }), after],
  },
  {
    claim: 'strictCapture: false of the defaults holds for every capture',
    config: { http: { defaults: { strictCapture: false } } },
    flow: [capture('/json', { json: '$.missing', as: 'x' }), after],
  },
  {
    claim: 'strict: true wins over strictCapture: false',
    config: { defaults: { strictCapture: false } },
    errors: ['Failed capture or match'],
    flow: [capture('/json', { json: '$.missing', as: 'x', strict: true }), after],
  },
  {
    claim: 'a JSON capture of what is not JSON ends the user',
    errors: ['Failed capture or match'],
    flow: [capture('/bad-json', { json: '$.id', as: 'x' }), after],
  },
  {
    claim: 'a JSON capture of what is not JSON with strict: false',
    flow: [capture('/bad-json', { json: '$.id', as: 'x', strict: false }), after],
  },
  {
    claim: 'a JSON capture of an HTML page',
    errors: ['Failed capture or match'],
    flow: [capture('/html', { json: '$.id', as: 'x' })],
  },
  {
    claim: 'a JSON capture of an empty answer',
    errors: ['Failed capture or match'],
    flow: [capture('/empty', { json: '$.id', as: 'x' })],
  },
  {
    claim: 'captures by regular expression: whole, group, named group, flags',
    flow: [
      capture(
        '/text',
        { regexp: 'order \\d+', as: 'x' },
        { regexp: 'order (\\d+)', as: 'number', group: 1 },
        { regexp: 'of (?<year>\\d{4})-(?<month>\\d\\d)', as: 'month', group: 'month' },
        { regexp: 'ORDER', as: 'flagged', flags: 'i' },
      ),
      after,
    ],
  },
  {
    claim: 'a regular expression that matches nothing',
    errors: ['Failed capture or match'],
    flow: [capture('/text', { regexp: 'xyz', as: 'x' })],
  },
  {
    claim: 'a regular expression with a group that is not there',
    flow: [capture('/text', { regexp: 'order', as: 'x', group: 3 }), after],
  },
  {
    claim: 'a template in a regular expression',
    users: [{ word: 'order' }],
    flow: [capture('/text', { regexp: '{{ word }} 5\\d+', as: 'x' }), after],
  },
  {
    claim: 'a regular expression on JSON reads the text of the answer',
    flow: [capture('/json', { regexp: '"id":(\\d)', as: 'x', group: 1 }), after],
  },
  {
    claim: 'captures from headers',
    flow: [
      capture('/headers?x-token=abc&ETag=W%2F1', { header: 'x-token', as: 'x' }, { header: 'etag', as: 'etag' }),
      after,
    ],
  },
  {
    claim: 'a header that is not there',
    errors: ['Failed capture or match'],
    flow: [capture('/json', { header: 'x-none', as: 'x' })],
  },
  {
    claim: 'a header named with capitals is not found',
    errors: ['Failed capture or match'],
    flow: [capture('/headers?x-token=abc', { header: 'X-Token', as: 'x' })],
  },
  {
    claim: 'a capture of a header of several values',
    flow: [capture('/set-cookies?cookie=a%3D1&cookie=b%3D2', { header: 'set-cookie', as: 'x' })],
  },
  { claim: 'Server-Timing can be captured', flow: [capture('/timed', { header: 'server-timing', as: 'x' })] },
  {
    claim: 'captures by CSS selector',
    flow: [
      capture(
        '/html',
        { selector: 'input[name=csrf]', attr: 'value', as: 'x' },
        { selector: 'li.row', attr: 'data-id', as: 'first' },
        { selector: 'li.row', attr: 'data-id', index: 1, as: 'second' },
        { selector: 'li.row', attr: 'data-id', index: 'last', as: 'last' },
        { selector: 'a', attr: 'href', as: 'href' },
      ),
      after,
    ],
  },
  {
    claim: 'a selector that finds nothing',
    errors: ['Failed capture or match'],
    flow: [capture('/html', { selector: 'table', attr: 'id', as: 'x' })],
  },
  {
    claim: 'captures by XPath',
    flow: [
      capture('/xml', { xpath: '(//book)[1]/@id', as: 'x' }, { xpath: '//book[2]/title', as: 'title', strict: false }),
      after,
    ],
  },
  {
    claim: 'a capture of no known kind follows the content type',
    flow: [capture('/json', { as: 'x', strict: false }), after],
  },
  {
    claim: 'a transform of a capture is not read',
    flow: [capture('/json', { json: '$.id', as: 'x', transform: 'this.x * 2' }), after],
  },
  {
    claim: 'two captures of one variable: the last one counts',
    flow: [capture('/json', { json: '$.id', as: 'x' }, { json: '$.name', as: 'x' }), after],
  },
  {
    claim: 'a match that holds lets the user go on',
    users: [{ id: 7 }],
    flow: [
      {
        get: {
          url: '/json',
          match: [
            { json: '$.id', value: '{{ id }}' },
            { json: '$.name', value: 'report' },
          ],
        },
      },
      after,
    ],
  },
  {
    claim: 'a match need not stand in a list',
    flow: [{ get: { url: '/json', match: { json: '$.id', value: 7 } } }, after],
  },
  {
    claim: 'a match that does not hold ends the user',
    errors: ['Failed capture or match'],
    flow: [{ get: { url: '/json', match: { json: '$.id', value: '7' } } }, after],
  },
  {
    claim: 'a match with strict: false lets the user go on',
    flow: [{ get: { url: '/json', match: { json: '$.id', value: 8, strict: false } } }, after],
  },
  {
    claim: 'a match on text, header and selector',
    flow: [
      { get: { url: '/text', match: { regexp: 'order \\d+', value: 'order 1234' } } },
      { get: { url: '/headers?x-a=1', match: { header: 'x-a', value: '1' } } },
      { get: { url: '/html', match: { selector: 'input', attr: 'value', value: 't0ken' } } },
    ],
  },
  {
    claim: 'a match of null and of false',
    flow: [
      {
        get: {
          url: '/json',
          match: [
            { json: '$.nothing', value: null },
            { json: '$.no', value: false },
          ],
        },
      },
    ],
  },
  {
    claim: 'a match on what is not JSON',
    flow: [{ get: { url: '/bad-json', match: { json: '$.id', value: 7 } } }, after],
  },
  {
    claim: 'captures and matches together',
    errors: ['Failed capture or match'],
    flow: [
      { get: { url: '/json', capture: { json: '$.id', as: 'x' }, match: { json: '$.name', value: 'other' } } },
      after,
    ],
  },
  {
    claim: 'codes are counted, and a code of the 400s or 500s is no error',
    flow: [200, 201, 202, 204, 206, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504, 599].map((code) => ({
      get: { url: `/status/${code}` },
    })),
  },
  {
    claim: 'codes after a post',
    flow: [200, 204, 404, 413, 503].map((code) => ({ post: { url: `/status/${code}`, json: { a: 1 } } })),
  },
  { claim: 'a 304 without a location', patienceMs: 300, flow: [{ get: { url: '/status/304' } }, after] },
  { claim: 'a 304 with followRedirect: false', flow: [{ get: { url: '/status/304', followRedirect: false } }, after] },
  { claim: 'captures from an answer of the 400s', flow: [capture('/status/404', { regexp: '\\d+', as: 'x' }), after] },
  {
    claim: 'captures with head',
    flow: [{ head: { url: '/headers?x-a=1', capture: { header: 'x-a', as: 'x' } } }, after],
  },
  {
    claim: 'bytes are counted as the content-length says',
    flow: ['/json', '/empty', '/big?bytes=70000', '/status/204', '/text'].map((url) => ({ get: { url } })),
  },
  { claim: 'bytes of a chunked answer', flow: [{ get: { url: '/chunked?parts=3' } }, { get: { url: '/untyped' } }] },
  { claim: 'bytes of a head', flow: [{ head: { url: '/json' } }] },
  { claim: 'a chunked answer is read to its end', flow: [capture('/chunked?parts=4', { regexp: '.*', as: 'x' })] },
  {
    claim: 'an answer of a megabyte is read to its end',
    flow: [capture('/big?bytes=1048576', { regexp: 'x{5}$', as: 'x' })],
  },
  {
    claim: 'a letter that is split between two packets',
    flow: [capture('/split-letter', { regexp: 'price: (.*)', as: 'x', group: 1 })],
  },
  { claim: 'a body in Latin-1 is read as UTF-8', flow: [capture('/latin', { regexp: 'caf(.*)', as: 'x', group: 1 })] },
  { claim: 'early hints are no answer', flow: [capture('/hints', { regexp: '.*', as: 'x' })] },
  ...['gzip', 'deflate', 'deflate-raw', 'br'].map(
    (encoding): EngineCase => ({
      claim: `an answer packed with ${encoding} is unpacked`,
      scenario: { afterResponse: 'logResponse' },
      flow: [capture(`/packed/${encoding}`, { json: '$.name', as: 'x' }), after],
    }),
  ),
  {
    claim: 'gzip: false asks for nothing packed, and leaves the answer packed',
    flow: [
      { get: { url: '/packed/gzip', gzip: false, capture: { header: 'content-encoding', as: 'x' } } },
      { get: { url: '/json', gzip: false } },
    ],
  },
  {
    claim: 'gzip: true is the default',
    flow: [{ get: { url: '/packed/gzip', gzip: true, capture: { json: '$.id', as: 'x' } } }],
  },
  {
    claim: 'a packed answer that is not read',
    flow: [{ get: { url: '/packed/gzip' } }, { get: { url: '/packed/br' } }],
  },
  {
    claim: 'an answer that says gzip and is not',
    patienceMs: 500,
    flow: [{ get: { url: '/packed/broken', capture: { json: '$.id', as: 'x' } } }, after],
  },
];
