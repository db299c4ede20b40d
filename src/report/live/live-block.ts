import type { RuleResult } from '../../record/index.ts';
import { formatNumber } from '../number-format.ts';
import { plainText } from '../plain-text.ts';
import { sayMoment } from '../plan/wording.ts';
import { orderedRules, ruleLines } from '../rule-lines.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';
import { cutEnd, widthOf } from '../text-width.ts';
import type { LiveView } from './live-view.ts';
import { failedWords, generatorWords, noPhaseWords, rateWords, ruleWords, timeWords } from './live-words.ts';

/** How much room there is, and how text is set apart. */
export interface BlockLayout {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  /** Lines of the terminal. */
  readonly rows: number;
}

/** Longer names and lines help nobody. */
const MOST_COLUMNS = 100;

const LABEL_WIDTH = 12;
const BAR_WIDTH = 20;

/** Lines of the block beside those of single rules, and one for what is typed. */
const OTHER_LINES = 8;
const MOST_RULES = 6;

/**
 * What a run looks like at one moment: the phase and how much of it is left, arrivals, requests, times, generator, and the rules
 * as they stand. No line is wider than the terminal.
 */
export function liveBlock(view: LiveView, { style, width, rows }: BlockLayout): string[] {
  const columns = Math.min(MOST_COLUMNS, width);
  const put = (label: string, parts: readonly string[], paint = (text: string): string => text): string[] =>
    parts.length === 0 ? [] : [labelled(label, parts, columns, style, paint)];
  const { users, requests, times, generator, rules } = view;
  if (!view.hasBegun) return [phaseLine(view, style, columns)];
  const broken = rules.some(({ outcome, strict }) => outcome === 'failed' && strict);
  return [
    phaseLine(view, style, columns),
    ...put('Run', runParts(view)),
    ...put('Users', [
      `${formatNumber(users.arrived)} of ${formatNumber(users.planned)} planned`,
      `${rateWords(users.recentPerSec)} of ${rateWords(users.recentPlannedPerSec)} now`,
      `${formatNumber(users.atWork)} at work`,
    ]),
    ...put('Requests', [
      rateWords(requests.recentPerSec),
      failedWords(requests.recentFailed, requests.recent),
      `in all ${formatNumber(requests.total)}, ${failedWords(requests.failed, requests.total)}`,
    ]),
    ...put('Times', times === undefined ? ['no answer yet'] : [...timeWords(times), `${times.kind}, last 10 s`]),
    ...put(
      'Generator',
      generator === undefined ? ['not heard of yet'] : generatorWords(generator),
      generator === undefined || generator.keepsUp ? undefined : style.bad,
    ),
    ...put('Rules', ruleWords(rules), broken ? style.bad : undefined),
    ...standingRules(rules, style, columns, Math.min(MOST_RULES, rows - OTHER_LINES)),
  ];
}

function phaseLine(view: LiveView, style: Style, columns: number): string {
  const { phase } = view;
  if (phase === undefined) return style.bold(cutEnd(noPhaseWords(view), columns));
  const { elapsedMs, durationMs, number, of } = phase;
  const left = `${sayMoment(Math.max(0, durationMs - elapsedMs))} left`;
  const place = `phase ${number} of ${of}`;
  const room = columns - BAR_WIDTH - left.length - place.length - 6;
  const name = cutEnd(plainText(phase.name), Math.max(8, room));
  return `${style.bold(name)}  ${bar(elapsedMs / Math.max(1, durationMs))}  ${left}  ${style.dim(place)}`;
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
}

function runParts({ elapsedMs, plannedMs }: LiveView): string[] {
  const left = plannedMs - elapsedMs;
  return left > 0
    ? [`${sayMoment(elapsedMs)} of ${sayMoment(plannedMs)}`, `${sayMoment(left)} left`]
    : [sayMoment(elapsedMs), `planned ${sayMoment(plannedMs)}`];
}

/** As many parts as fit; the first carries the colour. */
function labelled(
  label: string,
  [first = '', ...others]: readonly string[],
  columns: number,
  style: Style,
  paint: (text: string) => string,
): string {
  let used = 2 + LABEL_WIDTH + widthOf(first);
  const fitting = others.filter((part) => {
    used += 3 + widthOf(part);
    return used <= columns;
  });
  const head = cutEnd(first, columns - LABEL_WIDTH - 2);
  return `  ${style.dim(label.padEnd(LABEL_WIDTH))}${[paint(head), ...fitting].join('   ')}`;
}

const RULE_COLUMNS = [
  { title: '', align: 'left' },
  { title: '', align: 'right' },
  { title: '', align: 'right' },
] as const;

/** A rule that has seen nothing yet is no news. */
function standingRules(rules: readonly RuleResult[], style: Style, columns: number, most: number): string[] {
  const standing = orderedRules(rules.filter(({ outcome }) => outcome !== 'no data')).flatMap(ruleLines);
  const shown = standing.filter(({ observed }) => observed !== '').slice(0, Math.max(0, most));
  if (shown.length === 0) return [];
  const cells = shown.map(({ name, observed, limit }) => [name, observed, limit]);
  const [, ...lines] = textTable(RULE_COLUMNS, cells, columns - LABEL_WIDTH - 2);
  return lines.map((line, index) => {
    const rule = shown[index];
    const mark = (rule?.isPart ? '' : (rule?.mark ?? '')).padEnd(LABEL_WIDTH - 2);
    return `    ${rule?.isBad === true ? style.bad(mark) : style.good(mark)}${line}`;
  });
}
