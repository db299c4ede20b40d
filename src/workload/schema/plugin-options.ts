import { z } from 'zod';
import { ANSWER_KINDS } from './answer-kinds.ts';
import { anyMap, choice, limit, setting, template, wordySetting } from './scalars.ts';
import { FIRM, oneOf, openSection, section } from './wording.ts';

/** What Artillery itself reads in the options of any plugin. */
const COMMON = {
  suppressOutput: setting.describe('true leaves the metrics of this plugin out of the console').optional(),
  scope: z.string().describe('Beginning of the name of its npm package, instead of artillery-plugin-').optional(),
};

const formats = ['pretty', 'json', 'prettyError', 'silent'] as const;

/** `config.ensure`, and `config.plugins.ensure`. */
export const ensureOptions = section('rules of ensure', {
  thresholds: z
    .array(z.record(z.string(), limit))
    .describe('Metrics that must stay below a number, for example http.response_time.p95: 250 (milliseconds)')
    .optional(),
  conditions: z
    .array(
      section('a condition', {
        expression: z.string().min(1).describe('What must hold, for example http.codes.500 == 0 and vusers.failed < 5'),
        strict: setting.describe('false shows the result without failing the test (default: true)').optional(),
      }),
    )
    .describe('Conditions that must hold')
    .optional(),
  maxErrorRate: limit.describe('How many of the users may not finish, in per cent').optional(),
  min: limit.describe('The fastest answer must be below this, in milliseconds').optional(),
  max: limit.describe('Every answer must be below this, in milliseconds').optional(),
  median: limit.describe('Half of the answers must be below this, in milliseconds').optional(),
  p95: limit.describe('95 % of the answers must be below this, in milliseconds').optional(),
  p99: limit.describe('99 % of the answers must be below this, in milliseconds').optional(),
  ...COMMON,
}).meta({ id: 'ensure', description: 'What counts as failed' });

/** `config.apdex`, and `config.plugins.apdex`. */
export const apdexOptions = section('options of apdex', {
  threshold: limit.describe('An answer within this many milliseconds satisfies a user (default: 500)').optional(),
  ...COMMON,
});

const expectOptions = section('options of expect', {
  outputFormat: choice(formats).describe('How failed expectations are printed (default: pretty)').optional(),
  formatter: choice(formats).describe('Older name of outputFormat').optional(),
  reportFailuresAsErrors: wordySetting.describe('Whether a failed expectation counts as an error').optional(),
  useOnlyRequestNames: wordySetting.describe('Whether messages show names of requests instead of URLs').optional(),
  expectDefault200: wordySetting.describe('Whether requests without expectations expect status 200').optional(),
  ...COMMON,
});

const metricsByEndpointOptions = section('options of metrics-by-endpoint', {
  useOnlyRequestNames: setting.describe('Call an endpoint by the name of its request instead of its URL').optional(),
  stripQueryString: setting.describe('Leave the query out of the names of endpoints').optional(),
  ignoreUnnamedRequests: setting.describe('Leave out requests that have no name').optional(),
  metricsNamespace: z.string().describe('Beginning of the names of metrics').optional(),
  groupDynamicURLs: setting.describe('Group by the URL before variables are put in (default: true)').optional(),
  ...COMMON,
});

const slackOptions = section('options of slack', {
  webhookUrl: z.string().describe('Address of the incoming webhook').optional(),
  notifyOnFailureOnly: setting.describe('true sends a message only when a run failed').optional(),
  ...COMMON,
});

const reporter = openSection('a reporter', {
  type: choice([
    'cloudwatch',
    'datadog',
    'dynatrace',
    'honeycomb',
    'influxdb-statsd',
    'mixpanel',
    'newrelic',
    'open-telemetry',
    'prometheus',
    'splunk',
    'statsd',
  ]).describe('Where metrics are sent'),
});

/** `config.plugins.verdict.regression`. */
export const regressionSection = section('options of regression', {
  margins: z
    .array(z.string())
    .describe('How much worse is too much, in sentences such as: p95 of "Search" at most 10 % slower')
    .optional(),
  start: z
    .string()
    .min(1)
    .describe('Command that starts the system from its repository, listening on the port in PORT')
    .optional(),
  ready: z
    .string()
    .startsWith('/')
    .describe('Path that answers with success once the system can be loaded (default: any answer at /)')
    .optional(),
  startTimeout: z
    .int()
    .min(1)
    .max(3600)
    .describe('How long the system may take to start, in seconds (default: 120)')
    .optional(),
  maxLateness: z
    .number()
    .min(1)
    .describe('A pair counts only if 99 % of its requests were sent less late than this, in milliseconds (default: 10)')
    .optional(),
  block: z.int().min(1).max(600).describe('How long each block measures, in seconds (default: 10)').optional(),
  warmUp: z
    .int()
    .min(0)
    .max(600)
    .describe('Load before each block that is not counted, in seconds (default: 3)')
    .optional(),
  minutes: z.number().min(1).max(600).describe('How long a comparison may take, in minutes (default: 10)').optional(),
});

/** `config.plugins.verdict.question`. */
export const questionSection = section('a question', {
  ask: z.string().min(1).describe('The question in plain words, for example: Where does it break?'),
  answer: z
    .enum(ANSWER_KINDS)
    .describe('What the answer is made of; docs/plugin-verdict.md says what each one looks at'),
  holds: z
    .string()
    .min(1)
    .describe('What has to hold, for a breaking point and a recovery: p95 of "Search" < 300 ms and error rate < 1 %')
    .optional(),
});

/** `config.plugins.verdict.capacity`. */
export const capacitySection = section('options of capacity', {
  variables: anyMap
    .describe('Variables that a search sets otherwise than the test, for example shorter pauses')
    .optional(),
  warmUp: z
    .int()
    .min(1)
    .max(600)
    .describe(
      'Load before each trial that is not counted, in seconds (default: 3, and more where journeys take longer)',
    )
    .optional(),
  hold: z.int().min(4).max(600).describe('How long each trial counts, in seconds (default: 7)').optional(),
  minutes: z.number().min(2).max(600).describe('How long a search may take, in minutes (default: 6)').optional(),
});

const watchedSystem = section('a watched system', {
  prometheus: z
    .url({ protocol: /^https?$/ })
    .describe('Address of its metrics in the text format of Prometheus, for example http://127.0.0.1:3000/metrics')
    .optional(),
  metrics: z
    .array(z.string().min(1))
    .min(1)
    .describe('Only these metrics of that address; * stands for any characters, as in http_* (default: all)')
    .optional(),
  postgres: z
    .string()
    .min(1)
    .describe('Name of the variable of the shell that holds the connection string, for example DATABASE_URL')
    .optional(),
  redis: z
    .string()
    .min(1)
    .describe('Name of the variable of the shell that holds the URL of Redis, for example REDIS_URL')
    .optional(),
  process: z.string().min(1).describe('Name of processes on this machine, for example postgres').optional(),
  port: z.int().min(1).max(65_535).describe('Port on which a process of this machine listens').optional(),
  pid: z.int().min(1).describe('Number of a process on this machine, watched with all that it starts').optional(),
});

const verdictOptions = section('options of verdict', {
  reports: z.string().min(1).describe('Folder below which every run gets its own (default: reports)').optional(),
  thresholds: z
    .array(z.string())
    .describe('What must hold, in sentences such as: p95 of "Search" < 300 ms during "Incident burst"')
    .optional(),
  output: z
    .enum(['live', 'plain', 'artillery'])
    .describe(
      'What is shown while the run goes on: a block that is redrawn, lines, or what Artillery prints (default: live)',
    )
    .optional(),
  monitor: oneOf('false, or a map from names to watched systems', [
    z.literal(false),
    z.record(z.string().min(1), watchedSystem),
  ])
    .describe('What is looked at once a second beside the requests, by name; false for nothing; docs/monitor.md')
    .optional(),
  secrets: z
    .array(z.string().min(1))
    .describe('Names of variables, CSV columns and variables of the shell whose values no report may show')
    .optional(),
  validity: section('options of validity', {
    maxSendLag: z
      .number()
      .min(1)
      .describe(
        'From when on a request was sent too late by this machine, in milliseconds (default: 5 to 10, by how fast the answers are)',
      )
      .optional(),
    enforce: z
      .boolean()
      .describe('false: a run in which this machine could not keep up is still judged by its rules (default: true)')
      .optional(),
  })
    .describe('When a run is not valid because the machine that made the load could not keep up; docs/validity.md')
    .optional(),
  baseline: z
    .string()
    .min(1)
    .describe(
      'Baseline file that every run is compared with at its end, for example reports/baselines/peak.json; advisory',
    )
    .optional(),
  regression: regressionSection
    .describe('How two versions are compared by "proving-ground gate"; docs/gate.md')
    .optional(),
  question: questionSection.describe('What the test asks; the answer stands below the verdict').optional(),
  capacity: capacitySection
    .describe('How the highest rate is searched for by "proving-ground capacity"; docs/capacity.md')
    .optional(),
  ...COMMON,
});

const referencePlatformOptions = section('options of reference-platform', {
  address: oneOf('http:// with 127.0.0.1, localhost or [::1] and a port, such as http://127.0.0.1:4600', [
    z.string().regex(/^http:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?\/?$/, FIRM),
    template,
  ])
    .describe('Where the platform listens (default: http://127.0.0.1:4600)')
    .optional(),
  startTimeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .describe('How long the platform may take to start, in seconds (default: 120)')
    .optional(),
  env: anyMap.describe('Settings of a platform that this run starts; docs/platform.md lists them').optional(),
  ...COMMON,
});

/** Artillery crashes on a plugin whose options are empty. */
const someOptions = oneOf('options, or {} for none', [
  anyMap,
  z.array(z.unknown()),
  z.boolean(),
  z.number(),
  z.string(),
]);

/** `config.plugins`: ours and the built-in ones by their options, any other with any options. */
export const plugins = z
  .object(
    {
      verdict: verdictOptions
        .describe('Records the run, enforces its rules and gives the verdict; docs/plugin-verdict.md')
        .optional(),
      ensure: ensureOptions.describe('Checks rules at the end of the run').optional(),
      expect: expectOptions.describe('Checks answers against the "expect" of requests').optional(),
      'metrics-by-endpoint': metricsByEndpointOptions.describe('Splits metrics by endpoint').optional(),
      apdex: apdexOptions.describe('Computes how satisfied users are with the answer times (Apdex)').optional(),
      'publish-metrics': z.array(reporter).describe('Sends metrics elsewhere').optional(),
      slack: slackOptions.describe('Sends the result to Slack').optional(),
      'fake-data': anyMap.describe('Makes up data, for example {{ $personFullName() }}').optional(),
      'reference-platform': referencePlatformOptions
        .describe('Starts the reference platform when it is the target of the test')
        .optional(),
    },
    { error: () => 'a map of plugins' },
  )
  .catchall(someOptions);
