import { workflowCommand } from '../../report/machine/workflow-command.ts';
import type { Finding } from '../../workload/check/index.ts';

/** GitHub shows no more than ten annotations of a kind for a step. */
const MOST_ANNOTATIONS = 10;

/**
 * Findings as workflow commands: GitHub shows them at the line, in the list of changes of a pull request. Errors first, ten
 * at most.
 */
export function formatGithub(findings: readonly Finding[]): string {
  const worstFirst = findings.toSorted((a, b) => rankOf(a) - rankOf(b));
  return worstFirst.slice(0, MOST_ANNOTATIONS).map(annotation).join('\n');
}

function rankOf({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

function annotation({ severity, position, endColumn, code, message, suggestion, hint }: Finding): string {
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  const text = [`${message}${meant}`, ...(hint === undefined ? [] : [hint])].join('\n');
  return workflowCommand(severity, { ...placeOf(position), endColumn: String(endColumn), title: code }, text);
}

function placeOf({ file, line, column }: Finding['position']): Record<string, string> {
  return { file, line: String(line), col: String(column) };
}
