/** `error`: the test does not do what it says. `warning`: it is worth a second look. */
export type Severity = 'error' | 'warning';

/** One kind of fault, as the catalogue in `docs/faults.md` shows it. */
export interface Fault {
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What Artillery 2.0.34 makes of it. */
  readonly consequence: string;
  /** How to mend it. */
  readonly remedy: string;
}

/** Every fault that a check can find. The names are stable: scripts and suppressions rely on them. */
export const FAULTS = {
  'test-file-unreadable': {
    severity: 'error',
    title: 'The file cannot be read',
    consequence: 'Artillery ends with an error.',
    remedy: 'Check the path; it is relative to the folder you are in.',
  },
  'test-file-syntax': {
    severity: 'error',
    title: 'The file is not valid YAML',
    consequence: 'Artillery ends with an error.',
    remedy: 'Look at the place that is named and just before it: indentation, a missing quote, a missing colon.',
  },
  'include-unreadable': {
    severity: 'error',
    title: 'An included file cannot be read',
    consequence: 'The journey would be missing from the run.',
    remedy: 'Paths of includes are relative to the file that includes.',
  },
  'include-loop': {
    severity: 'error',
    title: 'Includes go round in a circle',
    consequence: 'The journey would never end.',
    remedy: 'Take one of the includes out.',
  },
  'include-shape': {
    severity: 'error',
    title: 'An included file holds something else than is needed there',
    consequence: 'The journey would be missing from the run.',
    remedy: 'Among other steps, include a list of steps. A whole journey can only be the single step of a flow.',
  },
  'unknown-key': {
    severity: 'error',
    title: 'A key that does not exist',
    consequence: 'It is ignored without a word, and with it what you meant.',
    remedy: 'Take the suggested key, or one of those that are allowed.',
  },
  'unknown-step': {
    severity: 'error',
    title: 'A step that the engine does not know',
    consequence: 'The http engine sends a request with that word as its method; others fail every user.',
    remedy: 'Take one of the steps that are allowed.',
  },
  'step-with-two-actions': {
    severity: 'error',
    title: 'A step that does two things',
    consequence: 'Artillery refuses the test, or does only one of them.',
    remedy: 'Begin each step with a dash of its own.',
  },
  'wrong-type': {
    severity: 'error',
    title: 'A value of the wrong kind',
    consequence: 'It is ignored, or the run crashes.',
    remedy: 'Write what is allowed there.',
  },
  'impossible-value': {
    severity: 'error',
    title: 'A value that makes no sense',
    consequence: 'It is ignored, or the run crashes, or does nothing.',
    remedy: 'Write a value from the range that is allowed.',
  },
  'missing-key': {
    severity: 'error',
    title: 'A key that must be there is missing',
    consequence: 'The step or the setting does nothing, or the run crashes.',
    remedy: 'Add it.',
  },
  'refused-by-artillery': {
    severity: 'warning',
    title: 'Documented, but refused by Artillery 2.0.34',
    consequence: 'Artillery ends with a validation error before the run.',
    remedy: 'Leave the option out, or put the step into a loop with count: 1.',
  },
  'phase-kind': {
    severity: 'error',
    title: 'A phase without arrivals, or with two kinds of them',
    consequence: 'Artillery prints "should not happen", sends no load and exits with 0.',
    remedy: 'Give it duration and arrivalRate (or rampTo), or duration and arrivalCount, or pause.',
  },
  'no-load': {
    severity: 'error',
    title: 'A phase or a test in which nobody arrives',
    consequence: 'The run measures nothing and exits with 0.',
    remedy: 'Raise the rate. A phase that is meant to be quiet is written pause: <seconds>.',
  },
  'fractional-rate': {
    severity: 'error',
    title: 'A fraction of a user per second without a ramp',
    consequence: 'Artillery 2.0.34 crashes when it deals the rate out to its workers.',
    remedy: 'Use arrivalCount with a duration: 30 users in 60 seconds are one every two seconds.',
  },
  'long-duration': {
    severity: 'warning',
    title: 'A very long time',
    consequence: 'Artillery waits that long. Plain numbers are seconds, not milliseconds.',
    remedy: 'If it was meant in milliseconds, write the unit: 5000ms.',
  },
  'timer-overflow': {
    severity: 'error',
    title: 'A time that timers cannot hold',
    consequence: 'Above 24.8 days a timer fires at once: the pause is none.',
    remedy: 'Write a shorter time.',
  },
  'fractional-think': {
    severity: 'error',
    title: 'A pause with a fraction of a second',
    consequence: 'Artillery 2.0.34 does not pause at all: it hands the number to a timer as text.',
    remedy: 'Write the unit: 500ms instead of 0.5.',
  },
  'max-vusers-below-workers': {
    severity: 'error',
    title: 'maxVusers is lower than the number of workers',
    consequence:
      'Workers whose share is 0 turn all their users away, without a word: too little load, and exit code 0.',
    remedy: 'Set maxVusers to at least the number of workers, which is the number of processors less one.',
  },
  'unknown-environment': {
    severity: 'error',
    title: 'An environment that does not exist',
    consequence: 'Artillery warns, runs without it, and exits with 0.',
    remedy: 'Name one of config.environments.',
  },
  'environment-merges-lists': {
    severity: 'error',
    title: 'A list of an environment that is mixed with that of the test',
    consequence: 'Artillery merges lists item by item: what is longer in the test stays, and items share their keys.',
    remedy: 'Let the lists have the same length and the same keys, or keep the list out of the test itself.',
  },
  'missing-target': {
    severity: 'error',
    title: 'No target',
    consequence: 'Artillery has nothing to send requests to.',
    remedy: 'Set config.target, or name an environment that does, or run with --target.',
  },
  'target-address': {
    severity: 'error',
    title: 'A target that is no address',
    consequence: 'Every request fails.',
    remedy: 'Begin it with http:// or https://.',
  },
  'processor-missing': {
    severity: 'error',
    title: 'The file of the processor does not exist',
    consequence: 'The run crashes.',
    remedy: 'The path is relative to the test file.',
  },
  'processor-module-type': {
    severity: 'error',
    title: 'A TypeScript processor in a package of ES modules',
    consequence: 'Artillery bundles it to CommonJS and dies with exit code 11.',
    remedy: 'Call it .mts, or take "type": "module" out of the package.json that is named.',
  },
  'unknown-function': {
    severity: 'error',
    title: 'A function that the processor does not export',
    consequence: 'A warning per call at most; the hook does not run, a whileTrue loop never ends.',
    remedy: 'Export it from the processor, or call one that is exported.',
  },
  'csv-missing': {
    severity: 'error',
    title: 'A CSV file that does not exist',
    consequence: 'The run crashes.',
    remedy: 'The path is relative to the test file.',
  },
  'csv-empty': {
    severity: 'error',
    title: 'A CSV file without rows',
    consequence: 'Every variable of it is undefined, and the word "undefined" is sent.',
    remedy: 'Add rows below the header.',
  },
  'csv-column': {
    severity: 'error',
    title: 'A column that the CSV file does not have, or has in another place',
    consequence: 'The word "undefined", or the value of another column, is sent.',
    remedy: 'List the fields in the order of the columns.',
  },
  'csv-header-as-data': {
    severity: 'warning',
    title: 'The names of the columns are used as data',
    consequence: 'One of the users works with the header instead of a row.',
    remedy: 'Set skipHeader: true.',
  },
  'upload-missing': {
    severity: 'error',
    title: 'A file to upload that does not exist',
    consequence: 'Every such request fails.',
    remedy: 'The path is relative to the test file.',
  },
  'undefined-variable': {
    severity: 'error',
    title: 'A variable that nothing defines',
    consequence: 'The word "undefined" is sent in its place.',
    remedy: 'Define it in config.variables, as a field of a CSV file or by a capture in an earlier step.',
  },
  'doubtful-variable': {
    severity: 'warning',
    title: 'A variable that nothing seems to define',
    consequence: 'Unless a function sets it, the word "undefined" is sent in its place.',
    remedy: 'Check its spelling in the test and in the processor.',
  },
  'unreadable-template': {
    severity: 'error',
    title: 'Braces that hold more than the name of a variable',
    consequence: 'Artillery leaves them as they are: braces are sent.',
    remedy: 'Only names are replaced: {{ name }}, {{ user.id }}, {{ items[0] }}. Compute the rest in a function.',
  },
  'unset-environment-variable': {
    severity: 'warning',
    title: 'A variable of the shell that is not set',
    consequence: 'The word "undefined" takes its place.',
    remedy: 'Set it before the run.',
  },
  'unknown-secret': {
    severity: 'warning',
    title: 'A declared secret that no variable has',
    consequence: 'Nothing is kept secret under this name, and the variable that was meant is shown.',
    remedy: 'Declare the name of a variable, of a column of a CSV file, of a capture or of a variable of the shell.',
  },
  'plugin-not-found': {
    severity: 'error',
    title: 'A plugin that is not installed',
    consequence: 'Artillery warns, runs without it, and exits with 0.',
    remedy: 'Install it: npm install artillery-plugin-<name>.',
  },
  'plugin-not-enabled': {
    severity: 'error',
    title: 'Something that only a plugin does, without the plugin',
    consequence: 'It is ignored: nothing is checked, and the run exits with 0.',
    remedy: 'Add the plugin to config.plugins.',
  },
  'engine-not-found': {
    severity: 'error',
    title: 'An engine that is not installed',
    consequence: 'Artillery warns, and its scenarios crash.',
    remedy: 'Install it: npm install artillery-engine-<name>.',
  },
  'package-unloadable': {
    severity: 'error',
    title: 'A plugin or an engine that cannot be loaded',
    consequence: 'Artillery warns at most, runs without it, and exits with 0.',
    remedy:
      'Mend the file that is named. Node runs TypeScript as it is: no enum, no namespace, no parameter property, and imports with .ts.',
  },
  'unknown-engine': {
    severity: 'error',
    title: 'A scenario of an engine that the test does not load',
    consequence: 'The run crashes when the first user arrives.',
    remedy: 'Add it to config.engines.',
  },
  'package-needed': {
    severity: 'error',
    title: 'Something that needs another package',
    consequence: 'Nothing is captured.',
    remedy: 'Install the package that is named.',
  },
  'no-journeys': {
    severity: 'error',
    title: 'No journey that could be chosen',
    consequence: 'The run crashes when the first user arrives.',
    remedy: 'Add a scenario, or give one a weight above 0.',
  },
  'journey-never-used': {
    severity: 'warning',
    title: 'A journey that is never chosen',
    consequence: 'It does not run.',
    remedy: 'Give it a weight above 0, or a share in the mix of a phase.',
  },
  'fractional-weight': {
    severity: 'error',
    title: 'A weight with a fraction',
    consequence: 'Artillery cuts the fraction off: 0.5 becomes 0, and the journey never runs.',
    remedy: 'Use whole numbers: 1 and 2 instead of 0.5 and 1.',
  },
  'mix-sum': {
    severity: 'error',
    title: 'A mix that is not 100 per cent',
    consequence: 'Nobody knows what the rest of the users should do.',
    remedy: 'Let the shares add up to 100.',
  },
  'mix-unknown-journey': {
    severity: 'error',
    title: 'A mix with a journey that does not exist',
    consequence: 'Its share of the users has nothing to do.',
    remedy: 'Use the names of the journeys as they stand in their files.',
  },
  'mix-not-honoured': {
    severity: 'error',
    title: 'A mix with an engine that ignores it',
    consequence: 'All phases use the same weights.',
    remedy: 'Set config.engine: undici and config.engines.undici: {}.',
  },
  'loop-without-end': {
    severity: 'warning',
    title: 'A loop without an end',
    consequence: 'Its users never finish, and the run does not end by itself.',
    remedy: 'Give it count, over or whileTrue.',
  },
  'loop-of-zero': {
    severity: 'error',
    title: 'A loop of 0 rounds',
    consequence: 'Artillery takes count: 0 for no count, and the loop never ends.',
    remedy: 'Take the loop out, or give it a count from 1.',
  },
  'get-with-body': {
    severity: 'error',
    title: 'A GET request with a body',
    consequence: 'The http engine refuses to send it: every such request fails.',
    remedy: 'Use post, or qs for parameters in the URL.',
  },
  'url-address': {
    severity: 'error',
    title: 'A URL that is neither a path nor an address',
    consequence: 'Every such request fails with "Invalid URL".',
    remedy: 'Begin it with / (a path below the target) or with http:// or https://.',
  },
  'connect-not-first': {
    severity: 'error',
    title: 'A connect step that is not the first',
    consequence: 'It is ignored: the ws engine looks for it only at the beginning.',
    remedy: 'Make it the first step of the flow.',
  },
  'ignored-hook': {
    severity: 'warning',
    title: 'A hook that the engine never calls',
    consequence: 'The function does not run.',
    remedy: 'Call it in a function step.',
  },
  'ignored-expectation': {
    severity: 'error',
    title: 'An expectation that is never checked',
    consequence: 'Of an item of the list, the expect plugin reads only the first key.',
    remedy: 'Begin each expectation with a dash of its own.',
  },
  'small-probability': {
    severity: 'warning',
    title: 'A probability below 1 per cent',
    consequence: 'Probabilities are per cent: 0.5 is not one half.',
    remedy: 'Write 50 for one half.',
  },
  'ensure-expression': {
    severity: 'error',
    title: 'A condition that cannot be read',
    consequence: 'It is not checked.',
    remedy: "Mend it where the mark points. A metric whose name contains spaces or operators stands in '…'.",
  },
  'threshold-sentence': {
    severity: 'error',
    title: 'A threshold that cannot be read',
    consequence: 'The verdict plugin ends the run before it begins.',
    remedy: 'Mend it where the mark points; docs/thresholds.md has examples.',
  },
  'regression-margin': {
    severity: 'error',
    title: 'A margin of the regression gate that cannot be read',
    consequence: 'The gate does not begin.',
    remedy: 'Write it like: p95 of "Search" at most 10 % slower; docs/gate.md has more.',
  },
  'baseline-missing': {
    severity: 'warning',
    title: 'A baseline that is not there',
    consequence: 'The run is compared with nothing, and says so at its end.',
    remedy: 'Mend the path, or make one: npx proving-ground baseline <run...>; docs/compare.md has more.',
  },
  'baseline-unreadable': {
    severity: 'error',
    title: 'A file that is no baseline',
    consequence: 'The run would be compared with nothing.',
    remedy:
      'Name a file that npx proving-ground baseline <run...> made; a run is compared with another by the command compare.',
  },
  'baseline-of-another-test': {
    severity: 'error',
    title: 'A baseline of another test',
    consequence: 'The run would be compared with nothing, since figures of two tests answer different questions.',
    remedy: 'Name the baseline of this test.',
  },
  'unknown-metric': {
    severity: 'error',
    title: 'A rule about a metric that no run has',
    consequence: 'Artillery fails the check on every run, or passes it if it is a negation.',
    remedy: 'Take the suggested name. Names of journeys and requests must be those of the test.',
  },
  'unknown-name-in-threshold': {
    severity: 'error',
    title: 'A threshold about a phase, a journey or a request that the test does not have',
    consequence: 'It sees no data, and the run fails.',
    remedy: 'Use the names as they stand in the test.',
  },
} as const satisfies Record<string, Fault>;

/** The stable name of a fault. */
export type FaultId = keyof typeof FAULTS;

/** Whether a fault fails a check. */
export function severityOf(code: FaultId): Severity {
  return FAULTS[code].severity;
}
