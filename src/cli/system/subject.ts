import { UserFault } from '../../errors.ts';

/** What is measured as one side of a comparison, as it was named on the command line. */
export interface Subject {
  /** `url`: a system that runs already. `command`: one that we start. `ref`: a version of this repository that we check out and start. */
  readonly kind: 'url' | 'command' | 'ref';
  /** Without its prefix. */
  readonly spec: string;
}

const PREFIXES = ['url', 'command', 'ref'] as const;

/**
 * Reads what `--baseline` and `--candidate` name: a URL, a command (it holds a space or begins with `./` or `/`), or a git ref. A prefix
 * (`url:`, `command:`, `ref:`) settles what could be read in two ways.
 *
 * @throws UserFault `option-value`.
 *
 * @example parseSubject('HEAD~1', '--baseline') // { kind: 'ref', spec: 'HEAD~1' }
 */
export function parseSubject(text: string, option: string): Subject {
  const spec = text.trim();
  const prefix = PREFIXES.find((each) => spec.startsWith(`${each}:`));
  const subject: Subject =
    prefix === undefined ? guessed(spec) : { kind: prefix, spec: spec.slice(prefix.length + 1).trim() };
  if (subject.spec === '') throw fault(option, text, 'is empty');
  if (subject.kind === 'url' && !isHttpUrl(subject.spec)) throw fault(option, text, 'is no http(s) URL');
  // Git would take it for an option.
  if (subject.kind === 'ref' && subject.spec.startsWith('-')) throw fault(option, text, 'is no git ref');
  return subject;
}

function guessed(spec: string): Subject {
  if (/^https?:\/\//.test(spec)) return { kind: 'url', spec };
  return { kind: /\s|^\.?\//.test(spec) ? 'command' : 'ref', spec };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function fault(option: string, text: string, what: string): UserFault {
  return new UserFault('option-value', `${option}: ${JSON.stringify(text)} ${what}`, {
    hint: 'Allowed are a URL (http://127.0.0.1:3000), a command that starts the system ("node server.js"; it gets PORT), or a git ref (main, HEAD~1).',
  });
}
