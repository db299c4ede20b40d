import { plainLines } from '../plain-text.ts';

/** What a line in the log of a GitHub job can ask for. */
export type CommandName = 'error' | 'warning' | 'notice';

/**
 * A workflow command: one line that GitHub shows as an annotation. Text of others cannot end it or begin another.
 *
 * @param properties `file`, `line`, `col`, `endColumn`, `title`; empty: an annotation of the job as a whole.
 * @example workflowCommand('error', { file: 'a.yml', line: '3' }, 'too slow') // '::error file=a.yml,line=3::too slow'
 */
export function workflowCommand(name: CommandName, properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${escapeData(plainLines(text))}`;
}

/** As in GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
