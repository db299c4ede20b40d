import type { Quantiles } from '../shared/report-data.ts';
import type { TrendRow } from '../shared/trend.ts';
import type { PreparedRun } from './report-data.ts';

/** What is shown of a run in a row of runs, but for its verdict. */
export function trendFigures({ record, data }: PreparedRun): Omit<TrendRow, 'verdict' | 'tone'> {
  const rows = data.exact[0]?.rows ?? {};
  const measure = data.source === 'samples' ? 'response' : 'firstByte';
  const seconds = Math.max(1, ((data.phases.at(-1)?.toMs ?? 0) - (data.phases[0]?.fromMs ?? 0)) / 1000);
  const { requests = 0, errors = 0 } = rows.all ?? {};
  const endpoints = data.endpoints.flatMap((name, index): [string, Quantiles][] => {
    const times = rows[`endpoint:${index}`]?.[measure];
    return times === undefined ? [] : [[name, times]];
  });
  return {
    name: data.label,
    startedAt: record.startedAt,
    commit: record.environment.commit?.slice(0, 12),
    requests,
    perSecond: requests / seconds,
    errorShare: requests === 0 ? undefined : errors / requests,
    times: rows.all?.[measure],
    measure,
    endpoints: Object.fromEntries(endpoints),
  };
}
