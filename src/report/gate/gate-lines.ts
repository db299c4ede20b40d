import { changeText, type GateRecord, type GateRow, intervalText, marginText } from '../../gate/regression/index.ts';
import { formatNumber } from '../number-format.ts';

/** One line of the table of a comparison, in words. */
export interface GateLine {
  readonly answer: GateRow['answer']['kind'];
  readonly isGating: boolean;
  /** Endpoint, journey or metric. */
  readonly target: string;
  readonly metric: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  readonly interval: string;
  readonly margin: string;
  /** The smallest change for the worse that would have been found; `?` with too few pairs. */
  readonly detectable: string;
}

const ORDER: readonly GateRow['answer']['kind'][] = ['regressed', 'inconclusive', 'improved', 'unchanged'];

/** What decides first, and of that what is worst first; the rest keeps its order. */
export function gateLines({ rows }: GateRecord): GateLine[] {
  return [...rows]
    .sort(
      (a, b) => Number(b.isGating) - Number(a.isGating) || ORDER.indexOf(a.answer.kind) - ORDER.indexOf(b.answer.kind),
    )
    .map(lineOf);
}

function lineOf(row: GateRow): GateLine {
  const { answer, isGating, target, metric, baseline, candidate, minimumDetectable } = row;
  return {
    answer: answer.kind,
    isGating,
    target: target.kind === 'all requests' ? 'All requests' : target.name,
    metric,
    baseline: valueText(row, baseline),
    candidate: valueText(row, candidate),
    change: changeText(row, row.change),
    interval: intervalText(row),
    margin: marginText(row),
    detectable: minimumDetectable === null ? '?' : changeText(row, minimumDetectable).replace(/^[+−]/, ''),
  };
}

/** With its unit; a custom metric says its own in its name. */
function valueText({ metric, target }: GateRow, value: number): string {
  if (metric === 'error rate') return `${formatNumber(value * 100)} %`;
  if (metric === 'throughput') return `${formatNumber(value)}/s`;
  return target.kind === 'custom metric' ? formatNumber(value) : `${formatNumber(value)} ms`;
}

/** `REGRESSED` and the like, with what was compared. */
export function headline({ answer, reason }: GateRecord): string {
  return `${answer.toUpperCase()}: ${reason}`;
}

/** Who is to blame; undefined where nothing regressed. */
export function culpritText({ culprit }: GateRecord): string | undefined {
  switch (culprit?.kind) {
    case undefined:
      return undefined;
    case 'named': {
      const named = culprit.culprits.map(
        ({ target, shiftMs, shiftRatio }) =>
          `${target.name} (its own work takes ${formatNumber(shiftMs)} ms longer, ${changeText({ metric: 'p50' }, shiftRatio)})`,
      );
      const delayed = culprit.delayed.map(({ name }) => name);
      return delayed.length === 0
        ? `Culprit: ${named.join(', ')}`
        : `Culprit: ${named.join(', ')}. Merely delayed by it: ${delayed.join(', ')}`;
    }
    case 'errors':
      return `Fails more often: ${culprit.failing.map(({ kind, name }) => (kind === 'all requests' ? 'all requests' : name)).join(', ')}`;
    case 'not determined':
      return `Culprit: not determined; slower are ${culprit.slower.map(({ name }) => name).join(', ')}`;
  }
}

/** How many pairs count, and what spoiled the others. */
export function healthText({ health }: GateRecord): string {
  const { pairs, kept, dropped, spoiled } = health;
  const all = pairs === 1 ? '1 pair' : `${pairs} pairs`;
  if (dropped === 0) return `${all}, all of them usable`;
  const late = spoiled.filter(({ why }) => why.kind === 'late').length;
  const parts = [
    ...(late > 0 ? [`${late} blocks whose requests were sent late`] : []),
    ...(spoiled.length > late ? [`${spoiled.length - late} blocks whose run was not valid`] : []),
  ];
  return `${all}, ${kept} usable; dropped for ${parts.join(' and ')}`;
}

/** What could not be judged, one line for each reason. */
export function refusedTexts({ refused }: GateRecord): string[] {
  const gating = refused.filter(({ isGating }) => isGating);
  const groups = Map.groupBy(gating, ({ metric, why }) => `${metric}: ${refusalText(why)}`);
  return [...groups].map(([reason, rows]) => {
    const names = rows.map(({ target }) => (target.kind === 'all requests' ? 'all requests' : target.name));
    const shown = names.slice(0, 4).join(', ');
    return `${reason} (${shown}${names.length > 4 ? ` and ${names.length - 4} more` : ''})`;
  });
}

function refusalText(why: GateRecord['refused'][number]['why']): string {
  switch (why.kind) {
    case 'too few values':
      return `too few answers in a block, ${why.needed ?? '?'} are needed`;
    case 'only on one side':
      return `only the ${why.side ?? 'other side'} has it`;
    case 'not answered':
      return `never answered by the ${why.side ?? 'other side'}`;
    case 'no ratio':
      return 'values of 0 or below cannot be compared';
  }
}
