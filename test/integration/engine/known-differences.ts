import type { Difference } from './compare.ts';

/** A difference between the engines that is meant. docs/engine-differences.md explains it under this heading. */
export interface KnownDifference {
  readonly heading: string;
  /** The tests that show it; every one of them must. Undefined: any test may. */
  readonly claims?: readonly string[];
  /** Matches the places of the differences, such as `requests.0.headers.accept`. */
  readonly at: RegExp;
  /** Narrows it down by what the engines did. */
  readonly isMeant?: (difference: Difference) => boolean;
}

/** What follows when one engine ends a user and the other does not. */
const ANYWHERE = /./;
const ERRORS = /^(outcomes|counters\.errors|hooks\.\d+\.error)/;

/** Every difference on purpose. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    heading: 'The generator measures itself',
    at: /^histograms\.generator\.(send_lag|socket_wait)$/,
    isMeant: ({ left }) => left === 'nothing',
  },
  {
    // Artillery adds `undefined` for an answer without content-length, and the sum is no number from then on.
    heading: 'Downloaded bytes',
    at: /^counters\.http\.downloaded_bytes$/,
    isMeant: ({ left }) => left === 'null',
  },
  { heading: 'Downloaded bytes', at: /^counters\.http\.downloaded_bytes$/, claims: ['bytes of a redirect'] },
  {
    heading: 'Downloaded bytes',
    at: /^counters\.http\.downloaded_bytes$|^outcomes|^hooks\.\d+\.error/,
    claims: [
      'an answer that breaks off',
      'an answer that breaks off and is read',
      'a body that is not read is a failure too when it breaks off',
    ],
  },
  {
    // Where a test names default headers, Artillery leaves out its own name, and its client got puts in that of got.
    heading: 'Headers that differ',
    at: /headers\.user-agent$/,
    isMeant: ({ left, right }) => left.startsWith('"got (') && right.startsWith('"Artillery ('),
  },
  {
    heading: 'Headers that differ',
    at: /^requests\.\d+\.headers\./,
    claims: [
      'a verb nobody knows is sent as it is',
      'host, connection, content-length and transfer-encoding written by hand',
      'HTTP_PROXY sends requests through a proxy',
      'HTTPS_PROXY holds for https only',
      'both proxies with a pool',
    ],
  },
  {
    heading: 'What hooks see of a request',
    at: /^hooks\.\d+\.request\.(headers\.(accept-encoding|user-agent)$|(form|capture|match|auth|username|password)($|\.))/,
  },
  {
    heading: 'What hooks see of a request',
    at: /^hooks\.\d+\.request\.body$/,
    isMeant: ({ left }) => left === '"<FormData>"',
  },
  {
    heading: 'What hooks see of a request',
    at: /^hooks\.\d+\.response\.url$/,
    isMeant: ({ left }) => /:\/\/[^/]+@/.test(left),
  },
  {
    heading: 'Names of errors',
    at: ERRORS,
    claims: [
      'a header whose value is null',
      'a body that is an object or a number ends the user with an error',
      'a body that is a number',
      'a body that becomes an object through its template',
      'a body with get, head and delete',
      'json with get',
      'json with head',
      'form together with json',
      'form together with body',
      'formData of a file that is not there ends the user',
      'formData with a list',
      'a function that fails with a text',
      'a function that is text',
      'beforeRequest changes the request: setJson',
      'beforeRequest changes the request: setBody',
      'beforeRequest changes the request: setBuffer',
      'beforeRequest changes the request: setForm',
      ...['beforeRequest', 'afterResponse', 'beforeScenario', 'afterScenario'].map(
        (hook) => `${hook} ends the user: failWithText`,
      ),
      'a connection closed without an answer is ECONNRESET',
      'a post that is reset is not sent again',
      'a get that is reset on a reused connection is not sent again',
      'an answer that is not HTTP',
      'a step whose parameters are missing',
      'a step without any key',
    ],
  },
  {
    heading: 'Names of errors',
    at: /^(outcomes|counters\.(errors|http\.requests)|rates|histograms|hooks\.\d+\.error)/,
    claims: ['a header name that cannot be sent', 'a header value that cannot be sent'],
  },
  {
    heading: 'Users that Artillery never ends',
    at: ANYWHERE,
    claims: [
      'a 304 without a location',
      'a 305 with a location',
      'a 306 with a location',
      'a redirect without a location',
      'a redirect of multipart with 302',
      'a redirect of multipart with 307',
      'an answer that says gzip and is not',
      'afterResponse ends the user: failThrowing',
      'an onError that is not there',
      'a capture with a regular expression that cannot be read',
      'a capture with a selector that cannot be read',
    ],
  },
  {
    heading: 'What works here',
    at: ANYWHERE,
    claims: [
      'a value that holds dollar signs is put in as replace() reads it',
      'formData with a boolean ends the user',
      'a verb in capital letters',
      'a header named with capitals is not found',
      'captures by XPath',
      'a transform of a capture is not read',
      'a letter that is split between two packets',
      'an answer packed with deflate-raw is unpacked',
      'beforeRequest changes the request: setQs',
      'a password that is a number',
      'tls.ca as Node names it',
    ],
  },
  {
    heading: 'What works here',
    at: /^requests\.1\.headers\.cookie$/,
    claims: ['a redirect that sets the first cookie of a user takes it along'],
  },
  { heading: 'What does not work here', at: ANYWHERE, claims: ['https in a step'] },
  { heading: 'Timeouts', at: ANYWHERE, claims: ['a timeout after a redirect'] },
  {
    heading: 'Hooks that are not there',
    at: /^(lines|counters\.errors\.Undefined function)/,
    claims: [
      'names of hooks may be templates',
      'a hook that is not there is told on the console, and the user goes on',
    ],
  },
  {
    heading: 'Events that nobody counts',
    at: /^counters\.\(match true\)$/,
    claims: ['a match that holds lets the user go on', 'a match of null and of false'],
  },
  {
    heading: 'Cookies that cannot be taken',
    at: /^counters\.errors\.cookie_parse_error_invalid_cookie$/,
    claims: ['cookies of another domain are not taken', 'a cookie that cannot be read'],
  },
];

/** Divides the differences of a test into those that are meant and those that are not. */
export function judge(
  differences: readonly Difference[],
  claim: string,
): { readonly unexpected: readonly Difference[]; readonly gone: readonly string[] } {
  const own = KNOWN_DIFFERENCES.filter(({ claims }) => claims?.includes(claim));
  const known = [...own, ...KNOWN_DIFFERENCES.filter(({ claims }) => claims === undefined)];
  return {
    unexpected: differences.filter((one) => !known.some((meant) => matches(meant, one))),
    gone: own.filter((meant) => !differences.some((one) => matches(meant, one))).map(({ heading }) => heading),
  };
}

function matches({ at, isMeant }: KnownDifference, difference: Difference): boolean {
  return at.test(difference.at) && isMeant?.(difference) !== false;
}
