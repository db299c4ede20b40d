import { plainLines, plainText } from '../../report/plain-text.ts';
import type { Style } from '../../report/style.ts';
import type { Finding } from '../../workload/check/index.ts';
import type { ShownFile, ShownFinding } from './check-without-secrets.ts';

/** A file that was checked. */
export interface FileReport extends ShownFile {
  readonly path: string;
}

/** How text is set: colours, and the width of the terminal in columns. */
export interface TextLayout {
  readonly style: Style;
  readonly width: number;
}

/** More choices than this help nobody. */
const MOST_CHOICES = 30;

/** One line for each file that is all right; for the others every finding with its line, and how many there are. */
export function formatText(files: readonly FileReport[], layout: TextLayout): string {
  const { style } = layout;
  return files
    .flatMap(({ path, kind, findings }) => {
      if (findings.length === 0)
        return [`${style.good('ok')} ${path}${kind === 'test' ? '' : style.dim(` (${KINDS[kind]})`)}`];
      return [
        ...findings.map((finding) => formatFinding(finding, layout)),
        `${style.bold(path)}: ${countOf(findings)}\n`,
      ];
    })
    .join('\n');
}

const KINDS = {
  test: 'a test',
  journey: 'a journey',
  configuration: 'configuration only',
  targets: 'no test, but the list of targets',
  other: 'no test',
} as const;

/** A finding for people: where, what, the line with a mark below it, what is allowed, what to do. */
export function formatFinding(found: ShownFinding, { style, width }: TextLayout): string {
  const finding = printable(found);
  const { position, severity, code, message, suggestion, allowed, hint } = finding;
  const where = `${position.file}:${position.line}:${position.column}`;
  const kind = severity === 'error' ? style.bad('error') : style.warn('warning');
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return [
    `${style.bold(where)} ${kind} ${message}${meant} ${style.dim(`[${code}]`)}`,
    ...quotedLine(finding, style),
    ...(allowed === undefined || isSaid(message, allowed) ? [] : wrap('  allowed: ', choices(allowed), width)),
    ...(hint === undefined ? [] : [`  ${hint}`]),
    '',
  ].join('\n');
}

/** What a file holds may be quoted, and must not move the cursor. In the quoted line, columns stay where they are. */
function printable(finding: ShownFinding): ShownFinding {
  const { message, suggestion, allowed, hint, line } = finding;
  return {
    ...finding,
    message: plainLines(message),
    line: line.replace(/[^\P{Cc}\t]/gu, '\ufffd'),
    ...(suggestion === undefined ? {} : { suggestion: plainText(suggestion) }),
    ...(allowed === undefined ? {} : { allowed: allowed.map(plainText) }),
    ...(hint === undefined ? {} : { hint: plainLines(hint) }),
  };
}

/** `2 errors, 1 warning`. */
export function countOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')];
  return parts.filter((part) => part !== undefined).join(', ') || 'no faults';
}

function plural(amount: number, word: string): string | undefined {
  return amount === 0 ? undefined : `${amount} ${word}${amount === 1 ? '' : 's'}`;
}

function quotedLine({ line, position, severity, ...finding }: ShownFinding, style: Style): string[] {
  if (line.trim() === '') return [];
  const { column, endColumn } = finding.mark ?? { column: position.column, endColumn: finding.endColumn };
  const number = String(position.line).padStart(6);
  const mark = '^'.repeat(Math.max(1, Math.min(endColumn, line.length + 1) - column));
  // Tabs keep their width, so that the mark stands below what it means.
  const before = line.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const paint = severity === 'error' ? style.bad : style.warn;
  return [`${style.dim(`${number} |`)} ${line}`, `${style.dim(`${' '.repeat(6)} |`)} ${before}${paint(mark)}`];
}

function isSaid(message: string, allowed: readonly string[]): boolean {
  return allowed.every((choice) => message.includes(choice));
}

function choices(allowed: readonly string[]): string[] {
  if (allowed.length <= MOST_CHOICES) return [...allowed];
  return [...allowed.slice(0, MOST_CHOICES), `and ${allowed.length - MOST_CHOICES} more`];
}

function wrap(label: string, words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let current = label;
  words.forEach((word, index) => {
    const text = index === words.length - 1 ? word : `${word}, `;
    if (current.length + text.trimEnd().length > width && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = ' '.repeat(label.length);
    }
    current += text;
  });
  return [...lines, current.trimEnd()];
}
