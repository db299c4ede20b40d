import { plainLines } from '../../report/plain-text.ts';
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
  const properties = {
    file: position.file,
    line: String(position.line),
    col: String(position.column),
    endColumn: String(endColumn),
    title: code,
  };
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  const text = [`${message}${meant}`, ...(hint === undefined ? [] : [hint])].join('\n');
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${severity} ${list.join(',')}::${escapeData(plainLines(text))}`;
}

/** As in GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
