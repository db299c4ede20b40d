export { type BesideBaseline, besideBaselineLines, summarisedComparison } from './beside-baseline.ts';
export { storedForest } from './stored-forest.ts';
export { cellsOf, STORED_COLUMNS, storedChangeText, storedLines, storedNotes } from './stored-lines.ts';
export { storedMarkdown } from './stored-markdown.ts';
export { storedPage } from './stored-page.ts';
export { storedText } from './stored-text.ts';
