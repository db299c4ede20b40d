import { z } from 'zod';
import { anyMap, cookies, count, headers, seconds, setting } from './scalars.ts';
import { FIRM, oneOf, openSection, section } from './wording.ts';

/** `config.http.defaults`, and `config.defaults`, its older name. */
export const httpDefaults = section('default settings of requests', {
  headers: headers.describe('Headers that every request carries, unless it sets its own').optional(),
  cookie: cookies.describe('Cookies that every user begins with').optional(),
  strictCapture: setting
    .describe('Whether a value that cannot be captured ends the user with an error (default: true)')
    .optional(),
  think: section('settings of pauses', {
    jitter: oneOf('milliseconds, or per cent such as 20%', [z.number().min(0, FIRM), z.string()])
      .describe('How far pauses vary up and down: milliseconds, or per cent such as "20%"')
      .optional(),
  })
    .describe('How the think steps of all users vary')
    .optional(),
}).meta({ id: 'httpDefaults', description: 'Settings for every request' });

const distributedTracing = oneOf('true, false or a map of options', [
  setting,
  section('options of distributed tracing', {
    enabled: setting.describe('Whether requests carry a traceparent header (default: true)').optional(),
    sampled: setting.describe('Whether traces are marked to be kept (default: true)').optional(),
    traceIdPrefix: z.string().describe('First digits of every trace id: up to 8 hexadecimal digits').optional(),
  }),
]);

/** `config.http`. */
export const httpSettings = section('config.http', {
  timeout: seconds.describe('How long to wait for the answer to a request, in seconds (default: 10)').optional(),
  maxSockets: count.describe('How many connections each user may have open').optional(),
  pool: count.describe('Share this many connections among all users, instead of new ones for each user').optional(),
  extendedMetrics: setting.describe('Measure DNS, TCP and TLS as well (default: false)').optional(),
  cookieJarOptions: anyMap.describe('Options of the cookie jar of a user (tough-cookie)').optional(),
  distributedTracing: distributedTracing
    .describe('Send W3C trace context with every request: true, or a map of options')
    .optional(),
  defaults: httpDefaults.describe('Settings for every request').optional(),
});

/** `config.tls`: passed on to the TLS sockets of Node. */
export const tlsSettings = openSection('config.tls', {
  rejectUnauthorized: setting
    .describe('false accepts certificates that cannot be verified, such as self-signed ones (default: true)')
    .optional(),
  ca: z.unknown().describe('Certificates to trust (PEM)').optional(),
  cert: z.unknown().describe('Certificate of the client (PEM)').optional(),
  key: z.unknown().describe('Private key of the client (PEM)').optional(),
  pfx: z.unknown().describe('Certificate and key of the client in one (PKCS#12)').optional(),
  passphrase: z.string().describe('Password of the key').optional(),
  servername: z.string().describe('Name for SNI').optional(),
  certificateAuthority: z.unknown().describe('Certificates to trust (PEM), as the http engine calls them').optional(),
  certificate: z.unknown().describe('Certificate of the client (PEM), as the http engine calls it').optional(),
  ciphers: z.string().describe('Allowed cipher suites').optional(),
  minVersion: z.string().describe('Oldest TLS version that is allowed, for example TLSv1.2').optional(),
  maxVersion: z.string().describe('Newest TLS version that is allowed').optional(),
});
