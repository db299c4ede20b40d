import type { RunRecord } from '../record/index.ts';
import { formatNumber } from './number-format.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

const CREATED_BY_NAME = 'vusers.created_by_name.';

/**
 * For each phase that has a mix of its own: how many of its new users took each journey, and what the mix says. Journeys that
 * the mix leaves out and that came all the same (users who arrived at the edge of the phase) are listed, too.
 */
export function mixTable({ phases }: Pick<RunRecord, 'phases'>, style: Style, width: number): string[] {
  return phases.flatMap((phase) => {
    const mix = mixOf(phase.plan);
    return mix === undefined ? [] : phaseTable(phase, mix, style, width);
  });
}

type Mix = Readonly<Record<string, number>>;

function mixOf({ mix }: RunRecord['phases'][number]['plan']): Mix | undefined {
  if (typeof mix !== 'object' || mix === null) return undefined;
  return Object.fromEntries(Object.entries(mix).map(([journey, share]) => [journey, Number(share)]));
}

function phaseTable({ name, metrics }: RunRecord['phases'][number], mix: Mix, style: Style, width: number): string[] {
  const users = new Map(Object.keys(mix).map((journey) => [journey, 0]));
  for (const [metric, count] of Object.entries(metrics.counters)) {
    if (metric.startsWith(CREATED_BY_NAME)) users.set(metric.slice(CREATED_BY_NAME.length), count);
  }
  const all = [...users.values()].reduce((sum, count) => sum + count, 0);
  const columns: Column[] = [
    { title: `Mix of ${name}`, align: 'left' },
    { title: 'Users', align: 'right' },
    { title: 'Share', align: 'right' },
    { title: 'Planned', align: 'right' },
  ];
  const cells = [...users]
    .toSorted(([a], [b]) => (mix[b] ?? 0) - (mix[a] ?? 0))
    .map(([journey, count]) => [journey, formatNumber(count), percent(count, all), percent(mix[journey] ?? 0, 100)]);
  const [titles = '', ...lines] = textTable(columns, cells, width - 2);
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${formatNumber((part / whole) * 100)} %`;
}
