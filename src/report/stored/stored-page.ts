import type { StoredComparison } from '../../gate/regression/index.ts';
import { forestPlot } from '../forest-plot.ts';
import { escapeMarkup } from '../plan/markup.ts';
import { MARK_COLOURS, section, staticPage, tableSection } from '../static-page.ts';
import { storedForest } from './stored-forest.ts';
import { cellsOf, STORED_COLUMNS, storedLines, storedNotes } from './stored-lines.ts';
import type { ComparedNames } from './stored-markdown.ts';

/** Runs beside a baseline, of which there are figures and no course of time to be drawn. Needs no network and no script. */
export function storedPage(comparison: StoredComparison, { before, after }: ComparedNames): string {
  const notes = storedNotes(comparison).map((note) => `<li>${escapeMarkup(note)}</li>`);
  return staticPage(
    `${after} beside ${before}`,
    [
      MARK_COLOURS,
      `<h1>${escapeMarkup(after)} beside ${escapeMarkup(before)}</h1>`,
      `<div class="chart">${forestPlot(storedForest(comparison.rows))}</div>`,
      tableSection('What changed', { columns: STORED_COLUMNS, rows: storedLines(comparison.rows).map(cellsOf) }),
      section('What it is worth', `<ul>${notes.join('')}</ul>`),
    ].join('\n'),
  );
}
