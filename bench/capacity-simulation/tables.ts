import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import { markdownTable } from '../measure/generated-section.ts';
import type { StudyCell } from './study.ts';

/** The table of the page, from what was simulated. */
export function studyTable(cells: readonly StudyCell[]): string {
  return markdownTable(
    [
      'system',
      'procedure',
      'searches',
      'trials',
      'most',
      'answered',
      'within 5 %',
      '95 % interval',
      'within 10 %',
      'median of answer over truth',
      'interval holds the truth',
      'its half width',
    ],
    cells.map((cell) => [
      cell.kind,
      cell.procedure,
      String(cell.searches),
      cell.meanTrials.toFixed(1),
      String(cell.mostTrials),
      percent(cell.answered, cell.searches),
      percent(cell.within5, cell.searches),
      interval(cell.within5, cell.searches),
      percent(cell.within10, cell.searches),
      cell.medianRatio?.toFixed(2) ?? '',
      cell.intervals === 0 ? '' : percent(cell.covered, cell.intervals),
      cell.meanHalfWidth === undefined ? '' : percent(cell.meanHalfWidth, 1),
    ]),
  );
}

function percent(count: number, all: number): string {
  return `${((100 * count) / all).toFixed(1)} %`;
}

function interval(count: number, all: number): string {
  const wilson = wilsonInterval(count, all);
  return wilson === undefined ? '' : `${(100 * wilson.low).toFixed(1)} – ${(100 * wilson.high).toFixed(1)} %`;
}
