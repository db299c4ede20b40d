import type { Change } from '../../diagnose/index.ts';
import type { LineOptions } from '../sentence-lines.ts';

/** Changes for a terminal or a file: SQL stands as it can be run, all else is a comment of SQL. */
export function changesText(changes: readonly Change[], { style }: Pick<LineOptions, 'style'>): string {
  return changes
    .map(({ cause, title, kind, lines }) =>
      [style.bold(`-- ${title} (${cause})`), ...lines.map((line) => (kind === 'sql' ? line : `--   ${line}`))].join(
        '\n',
      ),
    )
    .join('\n\n');
}
