import type { Position } from '../../errors.ts';
import type { Cursor } from './cursor.ts';
import { type FaultId, type Severity, severityOf } from './faults.ts';
import { quoteLine } from './quote.ts';
import type { SourceFault, Span } from './source-file.ts';

/** Something that is wrong with a test, and where. */
export interface Finding {
  /** The stable name of the fault; `docs/faults.md` explains each. */
  readonly code: FaultId;
  readonly severity: Severity;
  readonly position: Position;
  /** Column after the last character of what is meant, on the same line; counts from 1. */
  readonly endColumn: number;
  /** The line as it stands in the file, secrets masked. */
  readonly line: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What stands there; never a secret. */
  readonly found?: string;
  /** What may stand there: the choices, or a single description. */
  readonly allowed?: readonly string[];
  /** What was probably meant. */
  readonly suggestion?: string;
  /** What to do. */
  readonly hint?: string;
}

/** What a finding says, beside where it is. */
export type Details = Pick<Finding, 'message'> & Partial<Pick<Finding, 'found' | 'allowed' | 'suggestion' | 'hint'>>;

/** A finding about the value at a cursor. */
export function atValue(code: FaultId, cursor: Cursor, details: Details): Finding {
  return findingIn(code, cursor.span, cursor, details);
}

/** A finding about the key of the value at a cursor. */
export function atKey(code: FaultId, cursor: Cursor, details: Details): Finding {
  return findingIn(code, cursor.keySpan, cursor, details);
}

function findingIn(code: FaultId, span: Span, { source }: Cursor, details: Details): Finding {
  return findingAt(code, span, source.lines[span.position.line - 1] ?? '', details);
}

/** A finding at a place of which only the line is known. */
export function findingAt(code: FaultId, span: Span, line: string, details: Details): Finding {
  const { suggestion, hint, ...rest } = details;
  return {
    code,
    severity: severityOf(code),
    position: span.position,
    endColumn: span.endColumn,
    line: quoteLine(line),
    ...rest,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** A file that cannot be read. */
export function sourceFinding({ kind, message, span, line }: SourceFault): Finding {
  if (kind === 'syntax') {
    return findingAt('test-file-syntax', span, line, { message: `this is not valid YAML: ${message}` });
  }
  return findingAt('test-file-unreadable', span, line, { message: `${span.position.file} ${message}` });
}

/** By file, line and column; the same finding of several environments only once. */
export function sorted(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [identityOf(finding), finding]));
  return [...unique.values()].toSorted(
    (a, b) =>
      compareTexts(a.position.file, b.position.file) ||
      a.position.line - b.position.line ||
      a.position.column - b.position.column ||
      compareTexts(a.code, b.code),
  );
}

function identityOf({ code, position, message }: Finding): string {
  return [code, position.file, position.line, position.column, message].join('\n');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
