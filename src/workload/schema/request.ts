import { z } from 'zod';
import { anyMap, cookies, digits, functionNames, headers, oneOrMore, template } from './scalars.ts';
import { FIRM, oneOf, section } from './wording.ts';

/** What part of an answer is meant; `capture` and `match` share it. */
const PART = {
  json: z.string().min(1).describe('JSONPath into a JSON answer, for example $.items[0].id').optional(),
  xpath: z.string().min(1).describe('XPath into an XML answer; needs the package artillery-xml-capture').optional(),
  regexp: z.string().min(1).describe('Regular expression that finds it').optional(),
  group: oneOf('a name or a number', [z.string(), z.number()]).describe('Which group of the expression').optional(),
  flags: z.string().describe('Flags of the regular expression, for example i').optional(),
  header: z.string().min(1).describe('Name of a header of the answer, in lower case').optional(),
  selector: z.string().min(1).describe('CSS selector of an element of an HTML answer').optional(),
  attr: z.string().describe('Which attribute of the element').optional(),
  index: oneOf('a number, last or random', [z.number(), digits, z.enum(['last', 'random'])])
    .describe('Which of several elements')
    .optional(),
  multiple: z.boolean().describe('false gives everything that was found, not one of it at random').optional(),
  strict: z.boolean().describe('false goes on when there is nothing (default: true)').optional(),
};

/** Takes a value out of an answer. */
export const capture = section('a capture', {
  ...PART,
  as: z.string().min(1).describe('Name of the variable that holds the value from then on'),
}).meta({ id: 'capture', description: 'Takes a value out of an answer' });

/** Compares a part of an answer. */
export const match = section('a match', {
  ...PART,
  value: z.unknown().describe('What it must be; may hold {{ variables }}'),
}).meta({ id: 'match', description: 'Compares a part of an answer' });

const codes = oneOf('a status code, or a list of them', [
  z.number(),
  digits,
  template,
  z.array(oneOf('a status code', [z.number(), digits, template])),
]);

const expectations = section('an expectation', {
  statusCode: codes.describe('The answer has this status, or one of these').optional(),
  notStatusCode: codes.describe('The answer has none of these statuses').optional(),
  contentType: z.string().describe('The answer is of this type; json for any JSON').optional(),
  hasProperty: z.string().describe('The JSON answer has this property').optional(),
  notHasProperty: z.string().describe('The JSON answer does not have this property').optional(),
  equals: z.array(z.unknown()).describe('All these values are the same').optional(),
  hasHeader: z.string().describe('The answer has this header').optional(),
  headerEquals: z.array(z.unknown()).describe('A header and the value that it has').optional(),
  matchesRegexp: z.string().describe('The answer matches this regular expression').optional(),
  cdnHit: z.boolean().describe('Whether a CDN answered from its cache').optional(),
  jmespath: z.string().describe('JMESPath into the JSON answer; what it finds must be true').optional(),
  jpath: z.string().describe('Same as jmespath').optional(),
  description: z.string().describe('What a jmespath expects, in words').optional(),
}).meta({ id: 'expectation', description: 'What an answer must be like' });

const formField = oneOf('a text, a number, or a map with fromFile or value', [
  z.string(),
  z.number(),
  z.boolean(),
  section('a field of a form', {
    fromFile: z.string().min(1).describe('File whose content is sent; relative to the test file').optional(),
    value: z.unknown().describe('What is sent').optional(),
    contentType: z.string().describe('Type of the content, for example text/plain').optional(),
  }),
]);

const auth = section('user and password', {
  user: z.string().describe('Name of the user'),
  pass: z.string().describe('Password of the user'),
});

const percent = oneOf('per cent, from 0 to 100', [
  z.number().min(0, FIRM).max(100, FIRM),
  z.string().regex(/^\d+(?:\.\d+)?$/, FIRM),
]);

/** A request: the value of a step such as `get` or `post`. */
export const request = section('a request', {
  url: z
    .string()
    .min(1)
    .describe('Path below the target, for example /search, or a whole URL; may hold {{ variables }}'),
  name: oneOf('a text', [z.string(), z.number()])
    .describe('What the request is called in reports and thresholds, for example "Search"')
    .optional(),
  headers: headers.describe('Headers of this request').optional(),
  cookie: cookies.describe('Cookies of this request').optional(),
  qs: anyMap.describe('Parameters for the query of the URL').optional(),
  json: z.unknown().describe('Body of the request, sent as JSON').optional(),
  body: z.unknown().describe('Body of the request, sent as it is').optional(),
  form: anyMap.describe('Fields of a form (application/x-www-form-urlencoded)').optional(),
  formData: z
    .record(z.string(), formField)
    .describe('Fields of a form with files (multipart/form-data); a file is fromFile: <path>')
    .optional(),
  setContentLengthHeader: z.boolean().describe('true sends the length of the uploaded file').optional(),
  capture: oneOrMore('a capture', capture).describe('Takes values out of the answer, for later steps').optional(),
  match: oneOrMore('a match', match).describe('Compares parts of the answer; a difference ends the user').optional(),
  expect: oneOrMore('an expectation', expectations)
    .describe('What the answer must be like; needs the expect plugin')
    .optional(),
  beforeRequest: functionNames.describe('Functions that run before the request is sent').optional(),
  afterResponse: functionNames.describe('Functions that run when the answer is there').optional(),
  ifTrue: z
    .string()
    .min(1)
    .describe('The request is sent only if this holds: a function of the processor, or an expression such as count > 3')
    .optional(),
  probability: percent.describe('How likely the request is sent, in per cent').optional(),
  auth: auth.describe('User and password for HTTP basic authentication').optional(),
  followRedirect: z.boolean().describe('Whether redirects are followed (default: true)').optional(),
  gzip: z.boolean().describe('Whether a compressed answer is unpacked (default: true)').optional(),
  // Passed through to the client, got; not among Artillery's documented options.
  maxRedirects: z.int().min(0).describe('How many redirects to follow').optional(),
  searchParams: z.unknown().describe('Parameters for the query, as the client takes them; qs wins').optional(),
  allowGetBody: z.boolean().describe('Whether a GET request may have a body').optional(),
  http2: z.boolean().describe('Whether to speak HTTP/2').optional(),
  encoding: z.string().describe('Character encoding of the answer').optional(),
  https: anyMap.describe('TLS options of this request').optional(),
  username: z.string().describe('User name for basic authentication; auth is the usual way').optional(),
  password: z.string().describe('Password for basic authentication; auth is the usual way').optional(),
}).meta({ id: 'request', description: 'A request' });
