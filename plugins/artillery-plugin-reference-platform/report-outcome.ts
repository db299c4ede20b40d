import { EXIT_CODES, type ExitCode } from 'proving-ground/exit-codes.ts';
import type { Outcome } from './bring-up.ts';
import type { Options } from './options.ts';

/** There is a platform to load, or why the run cannot take place. */
export type Report =
  | { readonly kind: 'ready'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string; readonly exitCode: ExitCode };

/** What a run says of its platform before any load. */
export function reportOutcome(outcome: Outcome, options: Options): Report {
  const { origin } = options.address;
  switch (outcome.kind) {
    case 'started':
      return ready(`Reference platform ready at ${origin} (${count(outcome.documents)}); it stops when the run ends.`);
    case 'joined':
      return ready(
        `Using the reference platform that runs at ${origin} already (${count(outcome.documents)})${unused(options)}.`,
      );
    case 'address-taken':
      return refused(
        EXIT_CODES.configuration,
        `${origin} is taken by something that is not the reference platform: ${outcome.what}`,
        `Stop it, or give this test another address: --target and the option address of the plugin reference-platform.`,
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

function unused({ env }: Options): string {
  const names = Object.keys(env);
  return names.length === 0 ? '' : `; ${names.join(', ')} of this test do not change it`;
}

function quote(line: string | undefined): string {
  return line === undefined ? '' : `; its last message: ${line.trim()}`;
}
