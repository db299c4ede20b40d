import { outputRedactor, type Redactor } from '../../record/index.ts';
import { type CheckOptions, checkTestFile, type FileKind, type Finding } from '../../workload/check/index.ts';

/** A finding as it may be shown. */
export interface ShownFinding extends Finding {
  /** Where the mark stands below the quoted line, where that line is no longer as long as in the file. */
  readonly mark?: { readonly column: number; readonly endColumn: number };
}

/** The result of checking one file, without the secrets of the test. */
export interface ShownFile {
  readonly kind: FileKind;
  readonly findings: readonly ShownFinding[];
}

/** Checks a file, and learns its secrets: nothing that is found shows them, nor anything else that this process prints. */
export function checkWithoutSecrets(path: string, options: CheckOptions): ShownFile {
  const { kind, findings, secrets } = checkTestFile(path, options);
  outputRedactor.learn(secrets);
  return { kind, findings: findings.map((finding) => shownFinding(finding, outputRedactor)) };
}

/** A finding in which no text holds a secret; code, severity and position stay as they are. */
export function shownFinding(finding: Finding, redactor: Redactor): ShownFinding {
  const { code, severity, position, endColumn, line, ...words } = finding;
  const shown = { code, severity, position, endColumn, ...redactor.texts(words), line: redactor.text(line) };
  if (shown.line === line) return shown;
  const moved = (column: number): number => redactor.text(line.slice(0, column - 1)).length + 1;
  const column = moved(position.column);
  return { ...shown, mark: { column, endColumn: Math.max(column + 1, moved(endColumn)) } };
}
