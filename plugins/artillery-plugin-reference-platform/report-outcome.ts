import { EXIT_CODES, type ExitCode } from 'proving-ground/exit-codes.ts';
import type { Outcome } from './bring-up.ts';
import { type Options, PLATFORM_SETTINGS } from './options.ts';
import type { PublishedSettings } from './probe.ts';
import { type Difference, settingsBeside } from './settings-beside.ts';

/** There is a platform to load, or why the run cannot take place. */
export type Report =
  | { readonly kind: 'ready'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string; readonly exitCode: ExitCode };

/**
 * What a run says of its platform before any load.
 *
 * @param shell variables with which this run would have started one.
 */
export function reportOutcome(
  outcome: Outcome,
  options: Options,
  shell: Readonly<Record<string, string | undefined>>,
): Report {
  const { origin } = options.address;
  switch (outcome.kind) {
    case 'started':
      return ready(`Reference platform ready at ${origin} (${count(outcome.documents)}); it stops when the run ends.`);
    case 'joined':
      return joined(outcome, options, shell);
    case 'address-taken':
      return refused(
        EXIT_CODES.configuration,
        `${origin} is taken by something that is not the reference platform: ${outcome.what}`,
        `Stop it, or ${ANOTHER_ADDRESS}.`,
      );
    case 'ended':
      return refused(
        // The platform's own exit code for settings that it cannot use is the same as ours.
        outcome.exit.code === EXIT_CODES.configuration ? EXIT_CODES.configuration : EXIT_CODES.internal,
        `the reference platform ended while it started (${outcome.exit.how})`,
        'What it says itself stands above. `npm run platform` starts it alone.',
      );
    case 'too-slow':
      return refused(EXIT_CODES.internal, tooSlow(outcome, options), slowAdvice(outcome.ours));
    case 'defect':
      return refused(
        EXIT_CODES.internal,
        `the reference platform was not started: ${outcome.message}`,
        'This is a defect of Proving Ground; please report it.',
      );
  }
}

/** The fault of a run whose platform ended in the middle of it. */
export function describeUnexpectedEnd(how: string, lastLine: string | undefined): string {
  return `the reference platform ended in the middle of the run (${how})${quote(lastLine)}`;
}

const ANOTHER_ADDRESS =
  'give this test another address: --target and the option address of the plugin reference-platform';

/** A platform that has other settings would answer another question than the one that the test asks. */
function joined(
  { documents, pid, settings }: Outcome & { kind: 'joined' },
  { address, env }: Options,
  shell: Readonly<Record<string, string | undefined>>,
): Report {
  const where = `the reference platform that runs at ${address.origin} already`;
  const beside = settingsBeside(env, settings);
  if (typeof beside === 'string') {
    return refused(
      EXIT_CODES.configuration,
      `config.plugins.reference-platform.env cannot be used: ${beside}`,
      'docs/platform.md lists the settings.',
    );
  }
  const { differences, unknown } = beside;
  if (differences.length > 0) {
    return refused(
      EXIT_CODES.configuration,
      `${where} has other settings than this test wants: ${differences.map(describeDifference('test')).join('; ')}`,
      `Stop it (process ${pid}), so that this run starts its own, or ${ANOTHER_ADDRESS}, with a PLATFORM_DATA of its own.`,
    );
  }
  const doubt =
    unknown.length === 0 ? '' : `; whether it has ${unknown.join(', ')} as this test wants, it does not tell`;
  return ready(`Using ${where} (${count(documents)})${doubt}${unheard(shell, env, settings)}.`);
}

/** A variable of the shell may be there for something else, so it is a matter of a word. */
function unheard(
  shell: Readonly<Record<string, string | undefined>>,
  env: Options['env'],
  settings: PublishedSettings | undefined,
): string {
  const said = PLATFORM_SETTINGS.filter((name) => shell[name] !== undefined && env[name] === undefined);
  const beside = settingsBeside(Object.fromEntries(said.map((name) => [name, shell[name] ?? ''])), settings);
  if (typeof beside === 'string' || beside.differences.length === 0) return '';
  return `; what the shell says does not change it: ${beside.differences.map(describeDifference('shell')).join('; ')}`;
}

function describeDifference(place: 'test' | 'shell'): (difference: Difference) => string {
  const said = (value: string): string => (value === '' ? 'off' : value);
  return ({ name, has, wants }) => `${name} is ${said(has)} there, and ${said(wants)} in the ${place}`;
}

function ready(text: string): Report {
  return { kind: 'ready', text };
}

function refused(exitCode: ExitCode, message: string, hint: string): Report {
  return { kind: 'refused', text: `error: ${message}\n  ${hint}`, exitCode };
}

function tooSlow(
  { ours, progress }: Outcome & { kind: 'too-slow' },
  { address, startTimeoutSeconds }: Options,
): string {
  const who = ours ? 'the reference platform' : `the reference platform that runs at ${address.origin} already`;
  const where = progress === undefined ? 'it never answered' : `it was at "${progress.step}", ${progress.percent} %`;
  return `${who} was not ready within ${startTimeoutSeconds} s; ${where}`;
}

function slowAdvice(ours: boolean): string {
  return ours
    ? 'It was stopped. Raise the option startTimeoutSeconds of the plugin reference-platform (at most 3600).'
    : 'Stop it, so that this run can start its own, or raise the option startTimeoutSeconds of the plugin reference-platform.';
}

function count(documents: number): string {
  return `${documents.toLocaleString('en-US')} documents`;
}

function quote(line: string | undefined): string {
  return line === undefined ? '' : `; its last message: ${line.trim()}`;
}
