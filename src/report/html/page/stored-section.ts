import type { StoredComparison } from '../../../gate/regression/index.ts';
import { forestPlot } from '../../forest-plot.ts';
import { cellsOf, STORED_COLUMNS, storedForest, storedLines, storedNotes } from '../../stored/index.ts';
import { html, Markup } from './markup.ts';

/** What changed between stored runs: drawn, as a table with intervals, and what it is worth. */
export function storedSection(comparison: StoredComparison, id: string, title: string): Markup {
  const classes = STORED_COLUMNS.map(({ align }) => (align === 'right' ? 'n' : 't'));
  const heads = STORED_COLUMNS.map(
    (column, index) => html`<th scope="col" class="${classes[index]}">${column.title}</th>`,
  );
  const rows = storedLines(comparison.rows).map((line) => {
    const [first, ...others] = cellsOf(line);
    const cells = others.map((cell, index) => html`<td class="${classes[index + 1]}">${cell}</td>`);
    return html`<tr><th scope="row"><bdi>${first}</bdi></th>${cells}</tr>`;
  });
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<div class="scroll forest">${new Markup(forestPlot(storedForest(comparison.rows)))}</div>
<div class="scroll" role="region" aria-label="Table of changes" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>
<ul>${storedNotes(comparison).map((note) => html`<li>${note}</li>`)}</ul></section>`;
}
