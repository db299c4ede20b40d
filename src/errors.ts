import { EXIT_CODES, type ExitCode } from './exit-codes.ts';

/** Every fault that a user can be told about: its stable code and the exit code it ends with. */
const CATALOGUE = {
  'test-faulty': EXIT_CODES.configuration,
  'test-file-unreadable': EXIT_CODES.configuration,
  'test-file-syntax': EXIT_CODES.configuration,
  'test-file-shape': EXIT_CODES.configuration,
  'environment-unknown': EXIT_CODES.configuration,
  'phase-impossible': EXIT_CODES.configuration,
  'journey-impossible': EXIT_CODES.configuration,
  'payload-unreadable': EXIT_CODES.configuration,
  'option-value': EXIT_CODES.configuration,
  'include-unreadable': EXIT_CODES.configuration,
  'include-loop': EXIT_CODES.configuration,
  'include-shape': EXIT_CODES.configuration,
  'ensure-shape': EXIT_CODES.configuration,
  'ensure-expression': EXIT_CODES.configuration,
  'threshold-sentence': EXIT_CODES.configuration,
  'targets-shape': EXIT_CODES.configuration,
  'target-not-allowed': EXIT_CODES.configuration,
  'plugin-options': EXIT_CODES.configuration,
  'run-unreadable': EXIT_CODES.configuration,
  'run-shape': EXIT_CODES.configuration,
  'gate-engine': EXIT_CODES.configuration,
  'gate-unreadable': EXIT_CODES.configuration,
  'ref-unusable': EXIT_CODES.configuration,
  'system-unstartable': EXIT_CODES.configuration,
  'block-failed': EXIT_CODES.internal,
  interrupted: EXIT_CODES.interrupted,
  terminated: EXIT_CODES.terminated,
  'objective-sentence': EXIT_CODES.configuration,
  'capacity-unprobed': EXIT_CODES.configuration,
  'run-without-samples': EXIT_CODES.configuration,
  'runs-not-comparable': EXIT_CODES.configuration,
  'baseline-unreadable': EXIT_CODES.configuration,
  'baseline-shape': EXIT_CODES.configuration,
  'baseline-unfit': EXIT_CODES.configuration,
  'report-unwritable': EXIT_CODES.internal,
  'plan-unwritable': EXIT_CODES.internal,
} as const satisfies Record<string, ExitCode>;

/** The stable code of a fault. Match on this, never on the text of the message. */
export type FaultCode = keyof typeof CATALOGUE;

/** Where in a file a fault stands. Line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, the form that editors and terminals turn into a link. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/** The code of an error of the operating system (`ENOENT`, `EACCES`); undefined for anything else. */
export function systemErrorCode(thrown: unknown): string | undefined {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : undefined;
}

interface FaultDetails {
  /** Where it stands, when that is known. */
  readonly position?: Position | undefined;
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * A fault that the user can mend: the message says where, what was found and what is allowed; the hint says what to do.
 * Anything else that is thrown is a defect of ours and ends with `EXIT_CODES.internal`.
 */
export class UserFault extends Error {
  override readonly name = 'UserFault';
  readonly code: FaultCode;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    const where = details.position === undefined ? '' : `${formatPosition(details.position)} `;
    super(`${where}${message}`, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.exitCode = CATALOGUE[code];
    this.hint = details.hint;
  }
}

/**
 * What to print for anything that was thrown: one or two lines for a fault of the user's, and for a defect of ours a
 * line that asks for a report. The stack is added only when `debug` is set.
 */
export function describeFault(thrown: unknown, debug: boolean): string {
  const lines: string[] = [];
  if (thrown instanceof UserFault) {
    lines.push(`error: ${thrown.message}`);
    if (thrown.hint !== undefined) lines.push(`  ${thrown.hint}`);
  } else {
    lines.push(`internal error: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    lines.push(
      '  This is a defect of Proving Ground. Run again with --debug (or DEBUG_STACK=1) and report what it prints.',
    );
  }
  if (debug && thrown instanceof Error && thrown.stack !== undefined) lines.push(thrown.stack);
  // A message may quote what a file holds; control characters in it would move the cursor.
  return lines.join('\n').replace(/[^\P{Cc}\n\t]/gu, ' ');
}

/** The exit code for anything that was thrown. */
export function exitCodeOfFault(thrown: unknown): ExitCode {
  return thrown instanceof UserFault ? thrown.exitCode : EXIT_CODES.internal;
}
