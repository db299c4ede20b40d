import { escapeMarkup } from './plan/markup.ts';

/** One change with its interval, in units of its margin: above 0 is worse. An open end is infinite. */
export interface ForestLine {
  readonly name: string;
  /** Everything about it in words, for a pointer that rests on it. */
  readonly title: string;
  readonly low: number;
  readonly at: number;
  readonly high: number;
  /** `open`: neither worse nor the same for sure. */
  readonly mark: 'worse' | 'better' | 'same' | 'open';
}

const WIDTH = 920;
const NAMES = 330;
const ROW = 26;
const TOP = 34;
/** Changes are drawn up to so many margins on either side; what goes further ends in an arrow. */
const MOST = 2;

/**
 * Changes with their intervals, in units of their margins, so that p50, error rates and throughput share one axis: to the right is
 * worse, at 1 is the margin. Empty where there are none.
 */
export function forestPlot(lines: readonly ForestLine[]): string {
  if (lines.length === 0) return '';
  const height = TOP + lines.length * ROW + 10;
  const axis = [-MOST, -1, 0, 1, MOST].map((at) => tick(at, height));
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Changes with their intervals, in units of their margins; the table below says the same" font-size="13" fill="var(--ink)">
${axis.join('\n')}
${lines.map((line, index) => drawn(line, TOP + index * ROW + ROW / 2)).join('\n')}
</svg>`;
}

function x(units: number): number {
  const clipped = Math.max(-MOST, Math.min(MOST, units));
  return Math.round(NAMES + 30 + ((clipped + MOST) / (2 * MOST)) * (WIDTH - NAMES - 60));
}

function tick(at: number, height: number): string {
  const label = at === 0 ? 'no change' : at === 1 ? 'margin' : at < 0 ? `${-at} better` : `${at} worse`;
  const style = at === 1 ? 'stroke="var(--ink)" stroke-dasharray="4 3"' : 'stroke="var(--line)"';
  return `<line x1="${x(at)}" x2="${x(at)}" y1="${TOP - 6}" y2="${height}" ${style}/><text x="${x(at)}" y="${TOP - 14}" text-anchor="middle" fill="var(--muted)">${label}</text>`;
}

function drawn(line: ForestLine, y: number): string {
  const { name, title, low, high, at, mark } = line;
  const colour = mark === 'worse' ? 'var(--bad)' : mark === 'better' ? 'var(--good)' : 'var(--ink)';
  return `<g stroke="${colour}" fill="${colour}"><title>${escapeMarkup(title)}</title>
<text x="${NAMES}" y="${y + 4}" text-anchor="end" stroke="none" fill="var(--ink)">${escapeMarkup(name.length > 44 ? `${name.slice(0, 43)}…` : name)}</text>
<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke-width="2"/>${arrows([low, high], y)}${shape(mark, x(at), y)}</g>`;
}

/** Shape as well as colour says what it is. */
function shape(mark: ForestLine['mark'], at: number, y: number): string {
  if (mark === 'worse')
    return `<path d="M${at - 6} ${y - 6}L${at + 6} ${y + 6}M${at - 6} ${y + 6}L${at + 6} ${y - 6}" stroke-width="3"/>`;
  if (mark === 'open') return `<circle cx="${at}" cy="${y}" r="5" fill="var(--ground)" stroke-width="2"/>`;
  return `<circle cx="${at}" cy="${y}" r="5"/>`;
}

/** One on each side on which the interval goes on. */
function arrows(ends: readonly number[], y: number): string {
  const sides = new Set(ends.filter((end) => Math.abs(end) > MOST).map(Math.sign));
  return [...sides]
    .map((side) => {
      // Beyond the mark, which may stand at the same end.
      const at = x(side * MOST) + 15 * side;
      return `<path d="M${at} ${y}l${-7 * side} -5v10z" stroke="none"/>`;
    })
    .join('');
}
