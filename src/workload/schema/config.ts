import { z } from 'zod';
import { httpDefaults, httpSettings, tlsSettings } from './http-settings.ts';
import { payload } from './payload.ts';
import { phases } from './phase.ts';
import { apdexOptions, ensureOptions, plugins } from './plugin-options.ts';
import { anyMap, choice, seconds, setting } from './scalars.ts';
import { socketIoSettings, webSocketSettings } from './socket-settings.ts';
import { oneOf, section } from './wording.ts';

const playwrightTrace = section('options of traces', {
  enabled: setting.describe('Whether traces are recorded (default: false)').optional(),
  maxConcurrentRecordings: z.number().describe('How many users are recorded at the same time (default: 5)').optional(),
  maxTraceRecordings: z.number().describe('How many traces a run records at most (default: 360)').optional(),
  recordingIntervalSec: z.number().describe('Seconds between two recordings').optional(),
});

const playwright = section('options of the playwright engine', {
  launchOptions: anyMap.describe('Options of browser.launch()').optional(),
  contextOptions: anyMap.describe('Options of browser.newContext()').optional(),
  defaultTimeout: seconds.describe('How long any action may take, in seconds').optional(),
  defaultNavigationTimeout: seconds.describe('How long loading a page may take, in seconds').optional(),
  testIdAttribute: z.string().describe('Attribute that page.getByTestId looks for').optional(),
  aggregateByName: setting.describe('Split metrics by the names of scenarios').optional(),
  trace: oneOf('true, false or a map of options', [setting, playwrightTrace]).describe('Record traces').optional(),
  extendedMetrics: setting.describe('Report more metrics of the browser').optional(),
  showAllPageMetrics: setting.describe('Report metrics of all pages, not only of the target').optional(),
  useSeparateBrowserPerVU: setting.describe('Start a browser for every user').optional(),
  stripQueryString: setting.describe('Leave the query out of the names of pages').optional(),
  normalizeQueryString: setting.describe('Replace values in queries by placeholders (default: true)').optional(),
});

const engines = z
  .object(
    {
      playwright: playwright.describe('Options of the engine that drives browsers').optional(),
      undici: z
        .unknown()
        .describe('Options of the fast HTTP engine; {} for none. Its scenarios carry engine: undici')
        .optional(),
    },
    { error: () => 'a map of engines' },
  )
  .catchall(z.unknown());

/** Everything that `config` and each of its environments may hold. */
const SETTINGS = {
  target: z
    .string()
    .describe(
      'Address of the system under test, for example http://127.0.0.1:4600; URLs that begin with / are added to it',
    )
    .optional(),
  phases: phases.optional(),
  variables: anyMap
    .describe('Variables for every user, used as {{ name }}; of a list, each user gets one item at random')
    .optional(),
  payload: payload.optional(),
  processor: z
    .string()
    .min(1)
    .describe('File with the functions that the test calls (.ts, .mjs, .js), relative to the test file')
    .optional(),
  bundling: section('options of bundling', {
    external: z.array(z.string()).describe('npm packages that are not bundled into the processor').optional(),
  })
    .describe('How a TypeScript processor is bundled')
    .optional(),
  http: httpSettings.describe('Settings of HTTP requests').optional(),
  tls: tlsSettings.describe('Settings of encrypted connections').optional(),
  ws: webSocketSettings.describe('Settings of WebSocket connections').optional(),
  socketio: socketIoSettings.describe('Settings of Socket.IO connections').optional(),
  plugins: plugins.describe('Plugins that the test uses, each with its options; {} for none').optional(),
  pluginsScope: z
    .string()
    .describe('Beginning of the names of plugin packages, instead of artillery-plugin-')
    .optional(),
  engines: engines.describe('Engines that scenarios use, beside the built-in http, ws and socketio').optional(),
  engine: z.string().min(1).describe('Engine of scenarios that name none (default: http)').optional(),
  ensure: ensureOptions.describe('What counts as failed; needs the verdict or the ensure plugin').optional(),
  apdex: apdexOptions.describe('Settings of the apdex plugin').optional(),
  'fake-data': anyMap.describe('Settings of the fake-data plugin').optional(),
  mode: choice(['uniform', 'poisson']).describe('How arrivals are spread in phases that do not say').optional(),
  includeFiles: z.array(z.string()).describe('Files that a run on Lambda or Fargate needs').optional(),
  timeout: seconds.describe('How long to wait for an answer, in seconds; http.timeout is its newer name').optional(),
  defaults: httpDefaults.describe('Older name of http.defaults').optional(),
  statsInterval: z.number().describe('Has no effect: Artillery reports every 10 seconds').optional(),
};

/** An environment: any settings but environments, laid over those of the test when `-e` names it. */
export const environment = section('an environment', SETTINGS).meta({
  id: 'environment',
  description: 'Settings for one place',
});

/** `config`. */
export const config = section('config', {
  ...SETTINGS,
  environments: z
    .record(z.string(), environment)
    .describe('Settings for different places, by name; artillery run -e <name> lays one over the rest')
    .optional(),
});
